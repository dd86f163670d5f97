import type { PageText, Segment } from './page-lines.ts';

/** What stands on one baseline of one column. */
export interface Line {
  readonly segments: readonly Segment[];
  readonly text: string;
  readonly page: number;
  readonly x: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
  readonly font: string;
  /** The edges of the column that the line stands in. */
  readonly column: { readonly left: number; readonly right: number };
}

/** The lines of a page in the order in which they are read: column by column between headings over the whole width. */
export function readingOrder(page: PageText): Line[] {
  return regionsOf(page.segments).flatMap((segments) => linesOf(segments, page.number));
}

/** Fewer lines than this beside each other are cells, not columns. */
const MIN_COLUMN_LINES = 5;
/** Mean length of a column's lines in characters; cells of tables are shorter. */
const MIN_COLUMN_TEXT = 18;
/** Share of the column's height that is filled with lines; in a table with wrapped cells one column is full of holes. */
const MIN_DENSITY = 0.7;

function regionsOf(segments: readonly Segment[]): (readonly Segment[])[] {
  const gutter = findGutter(segments);
  if (gutter === null) return [segments];
  const regions: (readonly Segment[])[] = [];
  const across = segments.filter((segment) => segment.x < gutter && segment.right > gutter).sort((a, b) => a.y - b.y);
  let above = Number.NEGATIVE_INFINITY;
  const columns = (below: number) => {
    const band = segments.filter(({ y }) => y > above && y < below);
    const left = band.filter(({ right }) => right <= gutter);
    const right = band.filter(({ x }) => x >= gutter);
    for (const column of [left, right]) if (column.length > 0) regions.push(...regionsOf(column));
  };
  for (const segment of across) {
    columns(segment.y);
    regions.push([segment]);
    above = segment.y;
  }
  columns(Number.POSITIVE_INFINITY);
  return joinSingles(regions);
}

/** Lines over the whole width that follow one another are one region, or their paragraph would fall apart. */
function joinSingles(regions: (readonly Segment[])[]): (readonly Segment[])[] {
  const joined: Segment[][] = [];
  let previousWasSingle = false;
  for (const region of regions) {
    const isSingle = region.length === 1;
    const last = joined.at(-1);
    if (isSingle && previousWasSingle && last) last.push(...region);
    else joined.push([...region]);
    previousWasSingle = isSingle;
  }
  return joined;
}

/** Where a page is divided into two columns of running text; null when it is not. */
function findGutter(segments: readonly Segment[]): number | null {
  if (segments.length < 2 * MIN_COLUMN_LINES) return null;
  let best: { x: number; length: number } | null = null;
  for (const edge of new Set(segments.map(({ right }) => Math.ceil(right)))) {
    const left = segments.filter(({ right }) => right <= edge);
    const right = segments.filter(({ x }) => x >= edge);
    if (left.length < MIN_COLUMN_LINES || right.length < MIN_COLUMN_LINES) continue;
    const across = textLength(segments) - textLength(left) - textLength(right);
    const length = Math.min(textLength(left), textLength(right));
    if (across > length || (best && length <= best.length) || !isColumn(left) || !isColumn(right)) continue;
    if (standBesideEachOther(left, right)) best = { x: edge + 0.5, length };
  }
  return best?.x ?? null;
}

function isColumn(segments: readonly Segment[]): boolean {
  const left = Math.min(...segments.map(({ x }) => x));
  const width = Math.max(...segments.map(({ right }) => right)) - left;
  const mean = segments.reduce((sum, { x, right }) => sum + right - x, 0) / segments.length;
  const ys = segments.map(({ y }) => y).sort((a, b) => a - b);
  const gaps = ys.slice(1).map((y, index) => y - (ys[index] ?? 0));
  const leading = gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
  const height = (ys.at(-1) ?? 0) - (ys[0] ?? 0);
  const isDense = leading > 0 && leading * gaps.length >= height * MIN_DENSITY;
  return isDense && textLength(segments) / segments.length >= MIN_COLUMN_TEXT && mean >= width * 0.55;
}

function standBesideEachOther(left: readonly Segment[], right: readonly Segment[]): boolean {
  const [from, to] = [Math.min(...left.map(({ y }) => y)), Math.max(...left.map(({ y }) => y))];
  return right.filter(({ y }) => y >= from - 2 && y <= to + 2).length >= right.length * 0.5;
}

const textLength = (segments: readonly Segment[]) => segments.reduce((sum, { text }) => sum + text.length, 0);

function linesOf(segments: readonly Segment[], page: number): Line[] {
  const rows: Segment[][] = [];
  for (const segment of segments.toSorted((a, b) => a.y - b.y)) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row && first && segment.y - first.y < Math.min(segment.size, first.size) * 0.5) row.push(segment);
    else rows.push([segment]);
  }
  const left = Math.min(...segments.map(({ x }) => x));
  const right = Math.max(...segments.map((segment) => segment.right));
  return rows.map((row) => {
    row.sort((a, b) => a.x - b.x);
    const longest = row.reduce((best, segment) => (segment.text.length > best.text.length ? segment : best));
    return {
      segments: row,
      text: row.map(({ text }) => text).join(' '),
      page,
      x: row[0]?.x ?? 0,
      right: Math.max(...row.map((segment) => segment.right)),
      y: longest.y,
      size: longest.size,
      font: longest.font,
      column: { left, right },
    };
  });
}
