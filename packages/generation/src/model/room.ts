import type { CourseLanguage } from '@megacampus/domain/course';
import type { Passage } from '../engine.ts';
import { shareIn, topicsOf } from '../gates/overlap.ts';

/** Characters of one token, about: 4 in English, 2–3 in most other languages. */
const TOKEN_LENGTH = 2.5;
/** Share of the model's context for passages; the rest is for rules, brief, outline and the answer. */
const FOR_PASSAGES = 0.4;
/** The same for an answer, reasoning included. */
const FOR_ANSWER = 0.4;
/** Tokens a model may think with before it answers; models that do not think never use them. */
const THINKING = 2_000;

/** What fits into one request. */
export interface Room {
  /** Characters of passages. */
  readonly passageChars: number;
  /** Tokens of an answer of about so many characters. */
  answerTokens(chars: number): number;
}

export function roomIn(contextTokens: number): Room {
  return {
    passageChars: Math.floor(contextTokens * FOR_PASSAGES * TOKEN_LENGTH),
    answerTokens: (chars) =>
      Math.min(Math.floor(contextTokens * FOR_ANSWER), Math.ceil((chars / TOKEN_LENGTH) * 2) + THINKING),
  };
}

/** The passages that fit, in reading order: all, or those that share most words with what they are for. */
export function fitPassages(
  passages: readonly Passage[],
  passageChars: number,
  subject: string,
  language: CourseLanguage,
): Passage[] {
  const total = passages.reduce((sum, { text }) => sum + text.length, 0);
  if (total <= passageChars) return [...passages];
  const wanted = topicsOf(subject, language);
  const ranked = passages
    .map((passage) => ({
      passage,
      score: shareIn(wanted, topicsOf(`${passage.headingPath.join(' ')} ${passage.text}`, language)),
    }))
    .sort((a, b) => b.score - a.score);
  const chosen = new Set<Passage>();
  let used = 0;
  for (const { passage } of ranked) {
    if (used + passage.text.length > passageChars && chosen.size > 0) continue;
    chosen.add(passage);
    used += passage.text.length;
  }
  return passages.filter((passage) => chosen.has(passage));
}
