import type { CourseLanguage } from '@megacampus/domain/course';
import type { GateFailure } from '../gates.ts';
import { detectLanguage } from '../language/detect-language.ts';

/** Letters from which on a script can be told, and from which on languages that share one (Spanish, Portuguese). */
const MIN_LETTERS = 60;
const MIN_LETTERS_OF_SCRIPT = 200;

/** Told apart by nothing that a detector can see in a few paragraphs. */
const TWINS: Partial<Record<CourseLanguage, CourseLanguage>> = { id: 'ms', ms: 'id' };

const SCRIPTS: Partial<Record<CourseLanguage, RegExp>> = {
  ru: /\p{Script=Cyrillic}/gu,
  zh: /\p{Script=Han}/gu,
  ja: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/gu,
  ko: /\p{Script=Hangul}/gu,
  ar: /\p{Script=Arabic}/gu,
  th: /\p{Script=Thai}/gu,
  hi: /\p{Script=Devanagari}/gu,
  bn: /\p{Script=Bengali}/gu,
};

/** Text that a model wrote has to be in the language of the course; code and quotations in others may stand in it. */
export function inLanguage(text: string, language: CourseLanguage): GateFailure[] {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters < MIN_LETTERS) return [];
  const script = SCRIPTS[language] ?? /\p{Script=Latin}/gu;
  const own = text.match(script)?.length ?? 0;
  // Technical texts are full of Latin names, so half the letters are enough.
  if (own < letters / 2) return [{ gate: 'language', detail: `not written in the script of “${language}”` }];
  if (letters < MIN_LETTERS_OF_SCRIPT) return [];
  const found = detectLanguage(text);
  if (found === null || found === language || found === TWINS[language] || language === 'th') return [];
  return [{ gate: 'language', detail: `written in “${found}”, and has to be in “${language}”` }];
}
