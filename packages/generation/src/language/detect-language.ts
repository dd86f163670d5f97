import type { CourseLanguage } from '@megacampus/domain/course';
import { franc } from 'franc-min';

/** ISO 639-3, as franc names them; languages of a course that franc-min does not know are missing. */
const COURSE_LANGUAGE_OF: Readonly<Record<string, CourseLanguage>> = {
  rus: 'ru',
  eng: 'en',
  cmn: 'zh',
  spa: 'es',
  fra: 'fr',
  deu: 'de',
  jpn: 'ja',
  kor: 'ko',
  arb: 'ar',
  por: 'pt',
  ita: 'it',
  tur: 'tr',
  vie: 'vi',
  ind: 'id',
  hin: 'hi',
  ben: 'bn',
  pol: 'pl',
};

/** Enough for a sure answer; more text only costs time. In characters. */
const SAMPLE_LENGTH = 4_000;

/** The language of a text, or null when it is too short or in none of the course languages. */
export function detectLanguage(text: string): CourseLanguage | null {
  const words = text
    .replace(/```[\s\S]*?(```|$)/g, ' ')
    .replace(/[^\p{L}\p{M}\s]+/gu, ' ')
    .trim();
  // A long document may open with a title page or code in another language, so the middle is what counts.
  const from = Math.max(0, Math.floor(words.length / 2) - SAMPLE_LENGTH / 2);
  const code = franc(words.slice(from, from + SAMPLE_LENGTH), { only: Object.keys(COURSE_LANGUAGE_OF), minLength: 12 });
  return COURSE_LANGUAGE_OF[code] ?? null;
}
