import type { Line } from './reading-order.ts';

/** How a document is set: what its running text looks like, and so what stands out as a heading. */
export interface Typography {
  /** Size of the running text, in points. */
  readonly bodySize: number;
  /** Distance of its lines, in ems. */
  readonly leading: number;
  /** 1–6 for a line that is a heading, else null. */
  headingLevel(line: Line): number | null;
}

export interface Hints {
  readonly boldFonts: ReadonlySet<string>;
  /** Titles in the document's own table of contents (bookmarks), simplified, with their depth. */
  readonly outline: ReadonlyMap<string, number>;
}

const HEADING_RATIO = 1.09;
const MAX_HEADING_LENGTH = 160;
/** Sizes closer than this are one, in points. */
const SAME_SIZE = 0.6;

export function typographyOf(lines: readonly Line[], hints: Hints): Typography {
  const lengths = new Map<number, number>();
  for (const { size, text } of lines) {
    const rounded = Math.round(size * 2) / 2;
    lengths.set(rounded, (lengths.get(rounded) ?? 0) + text.length);
  }
  const bodySize = [...lengths].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [10, 0] as [
    number,
    number,
  ])[0];
  const sizes = headingSizes(lengths, bodySize);
  const isBodyBold = lines.length > 0 && share(lines, ({ font }) => hints.boldFonts.has(font)) > 0.3;
  return {
    bodySize,
    leading: medianLeading(lines, bodySize),
    headingLevel: (line) => {
      if (line.text.length > MAX_HEADING_LENGTH || !/\p{L}/u.test(line.text)) return null;
      const listed = hints.outline.get(simplified(line.text));
      if (listed !== undefined) return Math.min(6, listed);
      const rank = sizes.findIndex((size) => line.size >= size - SAME_SIZE / 2);
      if (rank >= 0) return Math.min(6, rank + 1);
      const isBold = !isBodyBold && hints.boldFonts.has(line.font) && line.size >= bodySize - SAME_SIZE;
      const isTitle = line.segments.length === 1 && line.text.length <= 120 && !/[.,;:]$/.test(line.text);
      return isBold && isTitle && /^[\p{Lu}\d]/u.test(line.text) ? Math.min(6, sizes.length + 1) : null;
    },
  };
}

/** Letters and digits only: bookmarks and headings differ in spaces and punctuation. */
export function simplified(title: string): string {
  return title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Sizes above that of the running text, largest first; nearly equal ones count once. */
function headingSizes(lengths: ReadonlyMap<number, number>, bodySize: number): number[] {
  const total = [...lengths.values()].reduce((sum, length) => sum + length, 0);
  const large = [...lengths]
    // Much text in a large size is text, not headings.
    .filter(([size, length]) => size >= bodySize * HEADING_RATIO && length < total * 0.2)
    .map(([size]) => size)
    .sort((a, b) => b - a);
  const sizes: number[] = [];
  for (const size of large) if (sizes.length === 0 || (sizes.at(-1) ?? 0) - size > SAME_SIZE) sizes.push(size);
  return sizes;
}

function medianLeading(lines: readonly Line[], bodySize: number): number {
  const gaps: number[] = [];
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1];
    if (!next || next.page !== line.page || Math.abs(line.size - bodySize) > SAME_SIZE) continue;
    const gap = (next.y - line.y) / bodySize;
    if (gap > 0.9 && gap < 2.5 && Math.abs(next.size - bodySize) <= SAME_SIZE) gaps.push(gap);
  }
  return gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 1.25;
}

function share(lines: readonly Line[], matches: (line: Line) => boolean): number {
  const length = (some: readonly Line[]) => some.reduce((sum, { text }) => sum + text.length, 0);
  return length(lines.filter(matches)) / Math.max(1, length(lines));
}
