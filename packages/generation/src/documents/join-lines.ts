/** Words of a document as they stand inside its lines; tells a hyphen that divides a line from one that is part of a word. */
export interface Vocabulary {
  has(word: string): boolean;
}

const NO_WORDS: Vocabulary = new Set<string>();

/** Parts of Russian words that are always written with a hyphen before them. */
const PARTICLES = /^(?:то|либо|нибудь|таки|ка|де)(?![\p{L}])/u;

/** Joins two lines of running text; a word divided at the line's end becomes whole again, a hyphened one stays. */
export function joinLines(head: string, tail: string, words: Vocabulary = NO_WORDS): string {
  if (head === '') return tail;
  // “and/or”, an address: lines are parted after a slash as well. A path such as /etc/ may be whole.
  if (/(?:^|[\s(«“])[\p{L}\p{N}][^\s]*\/$/u.test(head) && /^[\p{L}\p{N}]/u.test(tail)) return head + tail;
  const first = /(?<![\p{L}\p{N}])((?:\p{L}+-)*)(\p{L}{1,})[-\u00ad\u2010]$/u.exec(head);
  const second = /^\p{Ll}+/u.exec(tail)?.[0];
  if (first === null || second === undefined) return `${head} ${tail}`;
  const start = (first[2] ?? '').toLowerCase();
  const isSoft = head.endsWith('\u00ad');
  const divided = isSoft || words.has(start + second) || !(words.has(`${start}-${second}`) || isHyphened(start, tail));
  return divided ? head.slice(0, -1) + tail : `${head.slice(0, -1)}-${tail}`;
}

function isHyphened(start: string, tail: string): boolean {
  return (
    PARTICLES.test(tail) || start === 'кое' || (start === 'по' && /^\p{Ll}+(?:ски|цки|ому|ему|ьи)(?!\p{L})/u.test(tail))
  );
}
