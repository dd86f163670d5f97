import type { CourseLanguage } from '@megacampus/domain/course';
import type { GateFailure } from '../gates.ts';
import { lexiconOf } from '../language/words.ts';

/** Words in a row that are compared as one. */
const SHINGLE = 3;
/** Share of the shorter text's shingles that may stand in the other one. Two texts on one subject share some 5 %. */
export const ALIKE = 0.5;

/** A text as its words three in a row, by which texts are compared; from the stems of its words in order. */
export function shinglesFrom(stems: readonly string[]): Set<string> {
  return new Set(stems.slice(SHINGLE - 1).map((_, at) => `${stems[at]} ${stems[at + 1]} ${stems[at + 2]}`));
}

function shinglesOf(text: string, language: CourseLanguage): Set<string> {
  return shinglesFrom(lexiconOf(language).topicStems(text));
}

/** No two lessons of a course may be nearly alike. */
export function unlikeOthers(
  text: string,
  others: readonly { readonly title: string; readonly text: string }[],
  language: CourseLanguage,
): GateFailure[] {
  const own = shinglesOf(text, language);
  if (own.size === 0) return [];
  return others.flatMap(({ title, text: other }) => {
    const theirs = shinglesOf(other, language);
    const shared = [...own].filter((shingle) => theirs.has(shingle)).length;
    const share = shared / Math.max(1, Math.min(own.size, theirs.size));
    const detail = `${Math.round(share * 100)} % of it stand in the lesson “${title}”`;
    return share >= ALIKE ? [{ gate: 'near_duplicate' as const, detail }] : [];
  });
}
