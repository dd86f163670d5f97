import type { CourseLanguage } from '@megacampus/domain/course';
import { lexiconOf } from '../language/words.ts';

/** Languages with a stemmer; in others words are compared by their beginnings, as endings change there too. */
const STEMMED: readonly CourseLanguage[] = ['de', 'en', 'es', 'fr', 'it', 'pt', 'ru', 'tr', 'zh', 'ja', 'th'];

/** Characters of a word that count in a language without a stemmer. */
const PREFIX = 5;

/** The words of a text that carry meaning, each once, in the form in which they are compared. */
export function topicsOf(text: string, language: CourseLanguage): Set<string> {
  return topicsFrom(lexiconOf(language).topicStems(text), language);
}

/** The same from the stems of a text's words. */
export function topicsFrom(stems: readonly string[], language: CourseLanguage): Set<string> {
  return new Set(STEMMED.includes(language) ? stems : stems.map((stem) => stem.slice(0, PREFIX)));
}

/** Share of `part` that stands in `whole`, 0–1; 1 for an empty part. */
export function shareIn(part: ReadonlySet<string>, whole: ReadonlySet<string>): number {
  if (part.size === 0) return 1;
  let found = 0;
  for (const word of part) if (whole.has(word)) found += 1;
  return found / part.size;
}
