import type { CourseLanguage } from '@megacampus/domain/course';
import type { QuizQuestion } from '../engine.ts';
import type { GateFailure } from '../gates.ts';
import { shareIn, topicsOf } from './overlap.ts';

/** Share of the words of a question with its right answer that the lesson has to have said. */
const SAID = 0.5;

/** Words that carry meaning, from which an answer is a statement and its prompt may be no more than “Which is true?”. */
const STATEMENT = 4;

/** What a question holds to be true, as far as the lesson can have said it. */
function claimOf({ kind, prompt, options, answer }: QuizQuestion): string[] {
  if (typeof answer === 'string') return [answer];
  // “True” and “false” stand in no lesson; what is claimed is the prompt.
  if (kind === 'true_false') return [prompt];
  return answer.map((index) => options[index] ?? '');
}

/** Why a question cannot be answered from the lesson, if so. */
export function answersFromLesson(question: QuizQuestion, lesson: string, language: CourseLanguage): GateFailure[] {
  const said = topicsOf(lesson, language);
  const isSaid = (text: string) => {
    const topics = topicsOf(text, language);
    // A number, a sign or a stop word has no topics: it has to stand there as it is.
    return topics.size > 0 ? shareIn(topics, said) >= SAID : lesson.includes(text.trim());
  };
  const missing = claimOf(question).find((claim) => !isSaid(claim));
  if (missing !== undefined)
    return [{ gate: 'quiz_support', detail: `the lesson does not say “${missing.slice(0, 120)}”` }];
  if (claimOf(question).every((claim) => topicsOf(claim, language).size >= STATEMENT)) return [];
  if (shareIn(topicsOf(question.prompt, language), said) >= SAID / 2) return [];
  return [{ gate: 'quiz_support', detail: `the lesson does not treat “${question.prompt.slice(0, 120)}”` }];
}
