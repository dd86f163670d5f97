import type { PDFPageProxy } from 'pdfjs-dist';

/** A run of text on one baseline. Lengths are in points, y grows downwards. */
export interface Segment {
  readonly text: string;
  readonly x: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
  /** pdf.js's name of the font that most of the run is set in. */
  readonly font: string;
}

/** The runs of text of a page, as they were drawn. */
export interface PageText {
  readonly number: number;
  readonly width: number;
  readonly height: number;
  readonly segments: readonly Segment[];
  readonly hasPicture: boolean;
}

/** Runs further apart than this, in ems, are cells or columns; justified lines have spaces up to about one em. */
const CELL_GAP = 1.4;
/** A mark of a list may stand this far before its item, in ems. */
const MARK_GAP = 5;
const MARK = /^(?:[•●○▪■□◦‣⁃∙·–—*-]|[\uF000-\uF0FF]|\(?(?:\d{1,3}|\p{L})[.)])$/u;

interface Glyphs {
  text: string;
  x: number;
  right: number;
  y: number;
  size: number;
  font: string;
  fontLength: number;
}

/** Reads the text of a page in the direction in which most of it is written. */
export async function readPage(page: PDFPageProxy): Promise<PageText> {
  const viewport = page.getViewport({ scale: 1 });
  const { items } = await page.getTextContent();
  const runs = items.flatMap((item) =>
    'str' in item && item.str.trim() !== '' ? [runOf(item, viewport.transform)] : [],
  );
  const turn = mainDirection(runs);
  const segments = joinRuns(runs.filter((run) => run.quarter === turn).map((run) => turned(run, viewport, turn)));
  const [width, height] = turn % 2 === 0 ? [viewport.width, viewport.height] : [viewport.height, viewport.width];
  return { number: page.pageNumber, width, height, segments, hasPicture: false };
}

interface Run extends Glyphs {
  /** Quarter turns clockwise; -1 for text that is askew, such as a watermark. */
  readonly quarter: number;
}

interface TextItem {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
  readonly fontName: string;
}

function runOf(item: TextItem, page: readonly number[]): Run {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = page;
  const [ta = 1, tb = 0, tc = 0, td = 1, te = 0, tf = 0] = item.transform;
  const angle = Math.atan2(b * ta + d * tb, a * ta + c * tb);
  const quarters = angle / (Math.PI / 2);
  const isStraight = Math.abs(quarters - Math.round(quarters)) < 0.05;
  const x = a * te + c * tf + e;
  const text = item.str.replace(/\s+/g, ' ');
  return {
    text,
    x,
    right: x + item.width,
    y: b * te + d * tf + f,
    size: Math.hypot(a * tc + c * td, b * tc + d * td),
    font: item.fontName,
    fontLength: text.length,
    quarter: isStraight ? (Math.round(quarters) + 4) % 4 : -1,
  };
}

function mainDirection(runs: readonly Run[]): number {
  const lengths = [0, 0, 0, 0];
  for (const { quarter, text } of runs) if (quarter >= 0) lengths[quarter] = (lengths[quarter] ?? 0) + text.length;
  return lengths.indexOf(Math.max(...lengths));
}

/** Turns a page that was written sideways upright. */
function turned(run: Run, page: { width: number; height: number }, turn: number): Glyphs {
  const length = run.right - run.x;
  const { x, y } = run;
  const [left, baseline] =
    turn === 1
      ? [y, page.width - x]
      : turn === 2
        ? [page.width - x, page.height - y]
        : turn === 3
          ? [page.height - y, x]
          : [x, y];
  return { ...run, x: left, right: left + length, y: baseline };
}

function joinRuns(runs: readonly Glyphs[]): Segment[] {
  const segments: Glyphs[] = [];
  for (const run of runs) {
    const last = segments.at(-1);
    if (last && follows(last, run)) append(last, run);
    else segments.push({ ...run });
  }
  return segments
    .map(({ text, x, right, y, size, font }) => ({ text: clean(text), x, right, y, size, font }))
    .filter(({ text }) => text !== '');
}

function follows(last: Glyphs, run: Glyphs): boolean {
  const size = Math.max(last.size, run.size);
  const gap = run.x - last.right;
  const reach = MARK.test(last.text.trim()) ? MARK_GAP : CELL_GAP;
  return Math.abs(run.y - last.y) < size * 0.45 && gap > -size * 0.6 && gap < size * reach;
}

function append(last: Glyphs, run: Glyphs): void {
  const isApart = run.x - last.right > Math.max(last.size, run.size) * 0.15;
  const joint = isApart && !/\s$/.test(last.text) && !/^\s/.test(run.text) ? ' ' : '';
  if (run.text.length > last.fontLength) {
    // The baseline of a line is that of its text, not of a raised mark.
    last.font = run.font;
    last.fontLength = run.text.length;
    last.size = run.size;
    last.y = run.y;
  }
  last.text += joint + run.text;
  last.right = Math.max(last.right, run.right);
}

/** Symbol fonts put marks of lists into the private area; other controls show nothing. */
function clean(text: string): string {
  return text
    .replace(/^\s*[\uF000-\uF0FF](?=\s|$)/u, '•')
    .replace(/[\p{Cc}\p{Co}\uFFFE\uFFFF]/gu, '')
    .trim();
}
