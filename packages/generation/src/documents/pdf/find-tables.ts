import type { RootContent } from 'mdast';
import type { Segment } from './page-lines.ts';
import type { Line } from './reading-order.ts';

export interface Table {
  readonly from: number;
  /** The index after its last line. */
  readonly to: number;
  readonly node: RootContent;
}

interface Span {
  left: number;
  right: number;
}

/** Lines that stand in columns: at least two with several cells, none of which reaches over from one column to another. */
export function findTables(lines: readonly Line[]): Table[] {
  const tables: Table[] = [];
  for (let from = 0; from < lines.length; from += 1) {
    if (!hasCells(lines[from])) continue;
    const table = tableFrom(lines, from);
    if (table === null) continue;
    tables.push(table);
    from = table.to - 1;
  }
  return tables;
}

const hasCells = (line: Line | undefined) => line !== undefined && line.segments.length >= 2;

function tableFrom(lines: readonly Line[], from: number): Table | null {
  let columns: Span[] = [];
  let to = from;
  let rows = 0;
  for (; to < lines.length; to += 1) {
    const line = lines[to];
    const previous = lines[to - 1];
    if (!line || (to > from && previous && !goesOn(previous, line))) break;
    const merged = mergeSpans([...columns, ...line.segments.map(({ x, right }) => ({ left: x, right }))]);
    // A line that joins columns, or one beside them, is not of this table.
    if (hasCells(line)) {
      if (merged.length < Math.max(2, columns.length)) break;
      rows += 1;
    } else if (merged.length !== columns.length) break;
    columns = merged;
  }
  while (to > from && !hasCells(lines[to - 1]) && !isWrapped(lines[to - 2], lines[to - 1])) to -= 1;
  if (rows < 2) return null;
  return { from, to, node: tableNode(cellsOf(lines.slice(from, to), columns)) };
}

function goesOn(previous: Line, line: Line): boolean {
  const gap = line.y - previous.y;
  return line.page === previous.page && gap > 0 && gap < Math.max(previous.size, line.size) * 3.2;
}

function isWrapped(previous: Line | undefined, line: Line | undefined): boolean {
  return previous !== undefined && line !== undefined && line.y - previous.y < line.size * 1.35;
}

function mergeSpans(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const { left, right } of spans.toSorted((a, b) => a.left - b.left)) {
    const last = merged.at(-1);
    if (last && left <= last.right + 1) last.right = Math.max(last.right, right);
    else merged.push({ left, right });
  }
  return merged;
}

/** Cells that are wrapped have smaller distances within a row than between rows; otherwise each line is a row. */
function cellsOf(lines: readonly Line[], columns: readonly Span[]): string[][] {
  const gaps = lines.slice(1).map((line, index) => line.y - (lines[index]?.y ?? 0));
  const [smallest, largest] = [Math.min(...gaps), Math.max(...gaps)];
  const limit = largest > smallest * 1.2 ? (smallest + largest) / 2 : 0;
  const rows: string[][] = [];
  for (const [index, line] of lines.entries()) {
    const isNew = index === 0 || (gaps[index - 1] ?? 0) >= limit;
    if (isNew) rows.push(columns.map(() => ''));
    const row = rows.at(-1) ?? [];
    for (const segment of line.segments) {
      const column = columnOf(segment, columns);
      row[column] = `${row[column] ?? ''} ${segment.text}`.trim();
    }
  }
  return rows;
}

function columnOf({ x }: Segment, columns: readonly Span[]): number {
  return Math.max(
    0,
    columns.findLastIndex(({ left }) => left <= x + 1),
  );
}

function tableNode(rows: readonly (readonly string[])[]): RootContent {
  return {
    type: 'table',
    children: rows.map((row) => ({
      type: 'tableRow',
      children: row.map((value) => ({ type: 'tableCell', children: [{ type: 'text', value }] })),
    })),
  };
}
