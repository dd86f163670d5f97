import { transliterate } from 'transliteration';

// Apart from the brief, because the tables of every script weigh more than a page of ours should: servers only.

/** Longest slug, in characters (contract §3). */
export const SLUG_MAX_LENGTH = 95;

/**
 * A slug from a title in any script, with `suffix` (lower-case letters and digits) always whole at its end:
 * the title is shortened, never the part that makes the slug unique.
 */
export function makeSlug(title: string, suffix: string): string {
  const words = transliterate(title)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  const room = SLUG_MAX_LENGTH - suffix.length - 1;
  const head = words.slice(0, room).replace(/-+$/, '');
  return head === '' ? `course-${suffix}` : `${head}-${suffix}`;
}
