import { diffArrays, diffLines } from 'diff';

export interface DiffPart {
  readonly text: string;
  /** These words differ; the others of the line stand in both. */
  readonly isChanged: boolean;
}

export type DiffLine =
  | { readonly kind: 'same' | 'removed' | 'added'; readonly parts: readonly DiffPart[] }
  /** Lines that are the same in both and are left out. */
  | { readonly kind: 'skipped'; readonly count: number };

/** Lines around a change that are shown with it. */
const CONTEXT_LINES = 2;

/**
 * Changes after which two texts, or two lines, count as wholly different: the time to find them grows with the square of
 * their number, and a page must not wait for it (about 50 ms here).
 */
const CHANGED_LINES_MAX = 500;
const CHANGED_WORDS_MAX = 200;

/** What differs between two texts, line by line, and within a replaced line word by word. Empty when they are the same. */
export function diffTexts(before: string, after: string): DiffLine[] {
  if (before === after) return [];
  const changes = diffLines(ended(before), ended(after), { maxEditLength: CHANGED_LINES_MAX });
  if (changes === undefined) return [...whole('removed', before), ...whole('added', after)];
  const lines: DiffLine[] = [];
  for (let index = 0; index < changes.length; index += 1) {
    const change = changes[index];
    const next = changes[index + 1];
    if (change === undefined) continue;
    if (change.removed && next?.added) {
      lines.push(...replaced(change.value, next.value));
      index += 1;
    } else {
      const kind = change.removed ? 'removed' : change.added ? 'added' : 'same';
      lines.push(...whole(kind, change.value));
    }
  }
  return withoutDistant(lines);
}

/** A last line without an end would differ from the same line with one. */
function ended(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}

function linesOf(text: string): string[] {
  return text.replace(/\n$/, '').split('\n');
}

/** Words of any script, runs of space, and signs one by one. */
function wordsOf(line: string): string[] {
  return line.match(/[\p{L}\p{N}\p{M}]+|\s+|[^\p{L}\p{N}\p{M}\s]/gu) ?? [];
}

function whole(kind: 'same' | 'removed' | 'added', text: string): DiffLine[] {
  return linesOf(text).map((line) => ({ kind, parts: [{ text: line, isChanged: false }] }));
}

/** Line against line where there are as many on both sides. */
function replaced(before: string, after: string): DiffLine[] {
  const [old, fresh] = [linesOf(before), linesOf(after)];
  if (old.length !== fresh.length) return [...whole('removed', before), ...whole('added', after)];
  return old.flatMap((line, index): DiffLine[] => {
    const other = fresh[index] ?? '';
    const words = diffArrays(wordsOf(line), wordsOf(other), { maxEditLength: CHANGED_WORDS_MAX });
    if (words === undefined) return [...whole('removed', line), ...whole('added', other)];
    const side = (kind: 'removed' | 'added') => ({
      kind,
      parts: words
        .filter((word) => word[kind] || (!word.added && !word.removed))
        .map((word) => ({ text: word.value.join(''), isChanged: word[kind] })),
    });
    return [side('removed'), side('added')];
  });
}

function withoutDistant(lines: readonly DiffLine[]): DiffLine[] {
  const isNear = lines.map((_, index) =>
    lines.slice(Math.max(0, index - CONTEXT_LINES), index + CONTEXT_LINES + 1).some(({ kind }) => kind !== 'same'),
  );
  const result: DiffLine[] = [];
  for (const [index, line] of lines.entries()) {
    const last = result.at(-1);
    if (isNear[index]) result.push(line);
    else if (last?.kind === 'skipped') result[result.length - 1] = { kind: 'skipped', count: last.count + 1 };
    else result.push({ kind: 'skipped', count: 1 });
  }
  return result;
}
