import { type QuizKind, type QuizQuestion, quizQuestionSchema } from '../../engine.ts';
import type { Breathe } from '../breather.ts';
import type { Sentence } from '../passage-blocks.ts';
import { styleForm } from '../style-form.ts';
import { nameOfItem, termOfDefinition, writeTerm } from './by-definition.ts';
import { missingNumber, missingWord, writeNumber, writeWord } from './by-gap.ts';
import { itemsOfList } from './by-list.ts';
import { rightStatement, rightStatements, trueOrFalse } from './by-statement.ts';
import { type QuestionMaker, type QuizInput, quizMaterial } from './quiz-material.ts';

/** Makers of each kind, the best questions first. */
const MAKERS: Record<QuizKind, readonly QuestionMaker[]> = {
  single: [termOfDefinition, nameOfItem, missingNumber, rightStatement, missingWord],
  multiple: [itemsOfList, rightStatements],
  true_false: [trueOrFalse],
  short: [writeTerm, writeNumber, writeWord],
};

/** Questions for a lesson of this many minutes: about one for each minute and a half, 3 to 10, times the style's factor. Our choice. */
function questionCount(minutes: number, factor: number): number {
  return Math.round(Math.min(10, Math.max(3, Math.ceil(minutes / 1.5))) * factor);
}

/**
 * A quiz on the lesson as it is shown. Every key follows from a sentence that its explanation quotes; no sentence serves two
 * questions, nor one that the lesson itself has `asked` about. A lesson with little to ask gets fewer questions, or none.
 */
export async function makeQuiz(
  input: QuizInput,
  asked: ReadonlySet<Sentence>,
  breathe: Breathe,
): Promise<QuizQuestion[]> {
  const material = quizMaterial(input);
  const { turns, questions: factor } = styleForm(input.brief.style);
  const wanted = questionCount(input.brief.lesson_duration_minutes, factor);
  const questions: QuizQuestion[] = [];
  const used = new Set(asked);
  const exhausted = new Set<QuizKind>();
  for (let turn = 0; questions.length < wanted && exhausted.size < Object.keys(MAKERS).length; turn += 1) {
    const kind = turns[turn % turns.length] ?? 'single';
    if (exhausted.has(kind)) continue;
    await breathe();
    const question = firstQuestion(MAKERS[kind]);
    if (question) questions.push(question);
    else exhausted.add(kind);
  }
  return questions;

  function firstQuestion(makers: readonly QuestionMaker[]): QuizQuestion | null {
    for (const make of makers) {
      const draft = make(material, used);
      if (!draft) continue;
      for (const sentence of draft.uses) used.add(sentence);
      const parsed = quizQuestionSchema.safeParse(draft.question);
      if (parsed.success) return parsed.data;
    }
    return null;
  }
}

/** A question for the lesson's text, whose answer the reader finds in it; its sentence is added to `asked`. */
export function askReader(
  input: QuizInput,
  asked: Set<Sentence>,
): { readonly prompt: string; readonly sentence: Sentence } | null {
  const material = quizMaterial(input);
  for (const make of MAKERS.short) {
    const draft = make(material, asked);
    const [sentence] = draft?.uses ?? [];
    if (!draft || !sentence) continue;
    asked.add(sentence);
    return { prompt: draft.question.prompt, sentence };
  }
  return null;
}
