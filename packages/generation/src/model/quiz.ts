import type { Brief } from '@megacampus/domain/course';
import { type EngineContext, type OutlineLesson, type QuizQuestion, quizQuestionSchema } from '../engine.ts';
import { notHijacked } from '../gates/hijacked.ts';
import { answersFromLesson } from '../gates/quiz-support.ts';
import { inLanguage } from '../gates/written-language.ts';
import type { GateFailure } from '../gates.ts';
import { ask } from './ask.ts';
import type { Engine } from './model-engine.ts';
import { quizTask } from './prompts/quiz.ts';
import { type QuizWire, quizWire } from './wire.ts';

/** Questions for a lesson of so many minutes; four at least, one of each kind. */
function questionCount(minutes: number): number {
  if (minutes <= 5) return 4;
  if (minutes <= 15) return 5;
  return minutes <= 30 ? 6 : 8;
}

/** Of the questions that were asked for, the share that has to be left after those that fail a gate. */
const ENOUGH = 0.5;

interface QuizInput {
  readonly brief: Brief;
  readonly lesson: OutlineLesson;
  readonly text: string;
  readonly passages: readonly { readonly text: string }[];
}

/** The quiz of a lesson. After the repair, questions that fail a gate are left out as long as half of them remain. */
export function writeQuiz(
  { send, room }: Engine,
  { brief, lesson, text, passages }: QuizInput,
  context: EngineContext,
): Promise<readonly QuizQuestion[]> {
  const count = questionCount(lesson.durationMinutes);
  const plain = text.replace(/\[\^\d+\]/g, '');
  return ask<QuizWire, readonly QuizQuestion[]>(
    send,
    {
      name: 'quiz',
      brief,
      hasDocuments: passages.length > 0,
      wire: quizWire,
      maxOutputTokens: room.answerTokens(count * 800),
      failsAs: lesson.title,
      prompt: (marks) => quizTask({ brief, lesson, text: plain, count, marks }),
      read(wire, isLast) {
        const checked = uniqueQuestions(wire.questions.map(toQuestion)).map((question, index) => ({
          question,
          failures: failuresOf(question, index, plain, brief),
        }));
        const value = checked.filter(({ failures }) => failures.length === 0).map(({ question }) => question);
        const failures = checked.flatMap((entry) => entry.failures);
        const all = value
          .map(({ prompt, options, explanation }) => [prompt, ...options, explanation].join('\n'))
          .join('\n');
        const whole = [...inLanguage(all, brief.language), ...notHijacked(all, passages, brief)];
        if (value.length < count * ENOUGH)
          failures.push({ gate: 'quiz_key', detail: `only ${value.length} of ${count} questions can be used` });
        const isEnough = isLast && value.length >= count * ENOUGH;
        return { value: value.slice(0, 20), failures: isEnough ? whole : [...failures, ...whole] };
      },
    },
    context,
  );
}

function toQuestion({
  kind,
  prompt,
  options,
  correct,
  answer,
  explanation,
}: QuizWire['questions'][number]): QuizQuestion {
  const isShort = kind === 'short';
  return {
    kind,
    prompt,
    options: isShort ? [] : options,
    answer: isShort ? answer : [...new Set(correct)],
    explanation,
  };
}

function uniqueQuestions(questions: readonly QuizQuestion[]): QuizQuestion[] {
  return [...new Map(questions.map((question) => [question.prompt.trim().toLowerCase(), question])).values()];
}

function failuresOf(question: QuizQuestion, index: number, lesson: string, brief: Brief): GateFailure[] {
  const parsed = quizQuestionSchema.safeParse(question);
  if (parsed.success) return answersFromLesson(question, lesson, brief.language).map((one) => numbered(one, index));
  return parsed.error.issues.map(({ path, message }) =>
    numbered({ gate: 'quiz_key', detail: `${path.join('.')} ${message}`.trim() }, index),
  );
}

function numbered({ gate, detail }: GateFailure, index: number): GateFailure {
  return { gate, detail: `question ${index + 1}: ${detail}` };
}
