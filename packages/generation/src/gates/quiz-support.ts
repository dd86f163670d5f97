import type { CourseLanguage } from '@megacampus/domain/course';
import type { QuizQuestion } from '../engine.ts';
import type { GateFailure } from '../gates.ts';
import { numbersIn } from '../language/numbers.ts';
import { contradictionIn, isStated, type Statements, statementsOf } from './contradiction.ts';
import { shareIn, topicsOf } from './overlap.ts';

/** Share of the words of a question with its right answer that the lesson has to have said. */
const SAID = 0.5;

/** Words that carry meaning, from which an answer is a statement and its prompt may be no more than “Which is true?”. */
const STATEMENT = 4;

/** How the options of a true/false question begin, where we know the language. */
const TRUE = /^(верно|правда|истина|да(?!\p{L})|true|yes|correct|right)/iu;
const FALSE = /^(неверно|ложь|нет(?!\p{L})|false|no(?!\p{L})|incorrect|wrong)/iu;
/** A question for what is not so: its right answer is what the lesson does not say. */
const ASKS_FOR_WRONG =
  /(?<!\p{L})(?:не|нельзя|кроме|неверн\p{L}*|лишн\p{L}*|not|except|never|incorrect|false|wrong)(?!\p{L})|n[’']t\b/iu;

/** What a question holds to be true, as far as the lesson can have said it. */
function claimOf({ kind, prompt, options, answer }: QuizQuestion): string[] {
  if (typeof answer === 'string') return [answer];
  // “True” and “false” stand in no lesson; what is claimed is the prompt.
  if (kind === 'true_false') return [prompt];
  return answer.map((index) => options[index] ?? '');
}

/** Why a question cannot be answered from the lesson, if so. */
export function answersFromLesson(question: QuizQuestion, lesson: string, language: CourseLanguage): GateFailure[] {
  const reason =
    missingIn(question, lesson, language) ?? againstLesson(question, statementsOf(lesson, language), language);
  return reason === null ? [] : [{ gate: 'quiz_support', detail: reason }];
}

function missingIn(question: QuizQuestion, lesson: string, language: CourseLanguage): string | null {
  const said = topicsOf(lesson, language);
  const numbers = numbersIn(lesson, language);
  const isSaid = (text: string) => {
    const topics = topicsOf(text, language);
    const named = [...numbersIn(text, language)];
    if (named.length > 0 && topics.size === 0) return named.every((number) => numbers.has(number));
    // A sign or a stop word has no topics: it has to stand there as it is.
    return topics.size > 0 ? shareIn(topics, said) >= SAID : lesson.includes(text.trim());
  };
  const missing = claimOf(question).find((claim) => !isSaid(claim));
  if (missing !== undefined) return `the lesson does not say “${missing.slice(0, 120)}”`;
  if (claimOf(question).every((claim) => topicsOf(claim, language).size >= STATEMENT)) return null;
  if (shareIn(topicsOf(question.prompt, language), said) >= SAID / 2) return null;
  return `the lesson does not treat “${question.prompt.slice(0, 120)}”`;
}

/** Why the lesson says something else than the key, if so. */
function againstLesson(question: QuizQuestion, said: Statements, language: CourseLanguage): string | null {
  const { kind, prompt, options, answer } = question;
  if (kind === 'true_false') {
    const key = Array.isArray(answer) ? (options[answer[0] ?? 0] ?? '') : '';
    if (FALSE.test(key))
      return isStated(prompt, said, language) ? `the lesson says what the key calls wrong: “${prompt}”` : null;
    const reason = TRUE.test(key) ? contradictionIn(prompt, said, language) : null;
    return reason === null ? null : `the lesson contradicts “${prompt.slice(0, 120)}”: ${reason}`;
  }
  if (ASKS_FOR_WRONG.test(prompt)) return null;
  for (const claim of claimOf(question)) {
    const reason = contradictionIn(statementOf(prompt, claim, language), said, language);
    if (reason !== null) return `the lesson contradicts “${claim.slice(0, 120)}”: ${reason}`;
  }
  return kind === 'single' ? betterOption(question, said, language) : null;
}

const GAP = /_{2,}|…/u;
const QUESTION_WORDS =
  /(?<!\p{L})(?:сколько|как|какой|какая|какое|какие|какую|каком|какого|каких|когда|где|куда|откуда|кто|что|чего|чем|what|which|who|whom|when|where|why|how|much|many|does|do|did)(?!\p{L})/giu;

/** What is claimed as one sentence: a short answer is a statement only together with its question. */
function statementOf(prompt: string, claim: string, language: CourseLanguage): string {
  if (GAP.test(prompt)) return prompt.replace(GAP, claim);
  if (topicsOf(claim, language).size >= STATEMENT) return claim;
  return `${prompt.replace(QUESTION_WORDS, ' ').replace(/[?？.:\s]+$/u, '')} ${claim}`;
}

/** Where the lesson speaks of what is asked, a wrong option stands and the right one does not. */
function betterOption({ prompt, options, answer }: QuizQuestion, said: Statements, language: CourseLanguage) {
  const asked = topicsOf(prompt, language);
  const shares = said.clauses.map((clause) => ({ clause, share: shareIn(asked, clause.topics) }));
  const best = Math.max(0, ...shares.map(({ share }) => share));
  if (asked.size === 0 || best < SAID) return null;
  const there = new Set(shares.filter(({ share }) => share === best).flatMap(({ clause }) => [...clause.topics]));
  const own = (option: string) => new Set([...topicsOf(option, language)].filter((topic) => !asked.has(topic)));
  const [right] = Array.isArray(answer) ? answer : [];
  const key = own(options[right ?? -1] ?? '');
  if (key.size === 0 || shareIn(key, there) > 0) return null;
  const better = options.find(
    (option, index) => index !== right && own(option).size > 0 && shareIn(own(option), there) === 1,
  );
  return better === undefined ? null : `the lesson gives another option as the answer: “${better.slice(0, 120)}”`;
}
