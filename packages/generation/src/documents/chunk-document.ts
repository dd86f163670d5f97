import { type Range, splitSentences } from '../language/sentences.ts';
import type { Block, Chunk, ParsedDocument } from './document.ts';

/** A passage is closed once it has this many characters: two or three paragraphs, about a minute's reading. */
const TARGET_LENGTH = 900;
/** Running text is cut at a sentence's end rather than grow past this. */
const MAX_LENGTH = 1_600;
/** Lists, tables and code stay whole up to here, then they are cut between their lines. */
const MAX_WHOLE_LENGTH = 6_000;
/** A rest shorter than this joins the passage before it. */
const MIN_LENGTH = 250;

/** A block or a part of one. */
interface Piece extends Range {
  readonly block: Block;
}

/**
 * Cuts a document into passages under its headings. A passage never spans two headings' texts and starts with its own
 * heading lines; ranges ascend, do not overlap, and only white space lies between them.
 */
export function chunkDocument(parsed: ParsedDocument): Chunk[] {
  const chunks: Chunk[] = [];
  for (const section of sectionsOf(parsed.blocks)) {
    for (const pieces of groupPieces(parsed, section.blocks)) {
      const start = pieces[0]?.start ?? 0;
      const end = pieces.at(-1)?.end ?? start;
      chunks.push({
        position: chunks.length,
        headingPath: section.headingPath,
        page: pieces[0]?.block.page ?? null,
        start,
        end,
        text: parsed.text.slice(start, end),
      });
    }
  }
  return chunks;
}

interface Section {
  readonly headingPath: string[];
  readonly blocks: Block[];
}

/** Runs of blocks under the same heading. A heading without text of its own goes with the one that follows it. */
function sectionsOf(blocks: readonly Block[]): Section[] {
  const sections: Section[] = [];
  let path: { level: number; title: string }[] = [];
  let current: Block[] = [];
  let hasBody = false;
  const close = () => {
    if (current.length > 0) sections.push({ headingPath: path.map(({ title }) => title), blocks: current });
    current = [];
    hasBody = false;
  };
  for (const block of blocks) {
    if (block.level === null) {
      hasBody = true;
    } else {
      if (hasBody) close();
      const level = block.level;
      path = path.filter((heading) => heading.level < level);
      if (block.title !== '') path.push({ level, title: block.title });
    }
    current.push(block);
  }
  close();
  return sections;
}

function groupPieces(parsed: ParsedDocument, blocks: readonly Block[]): Piece[][] {
  const groups: Piece[][] = [];
  let group: Piece[] = [];
  for (const piece of blocks.flatMap((block) => piecesOf(parsed, block))) {
    const opened = group[0]?.start ?? piece.start;
    const closes = piece.start - opened >= TARGET_LENGTH || piece.end - opened > MAX_LENGTH;
    // A heading or a lead-in such as “these are:” stays with what it introduces.
    if (group.length > 0 && closes && !introduces(parsed.text, group.at(-1))) {
      groups.push(group);
      group = [];
    }
    group.push(piece);
  }
  if (group.length > 0) groups.push(group);
  return joinShortRest(groups);
}

function introduces(text: string, piece: Piece | undefined): boolean {
  if (piece === undefined) return false;
  return piece.block.kind === 'heading' || text.slice(piece.start, piece.end).endsWith(':');
}

function joinShortRest(groups: Piece[][]): Piece[][] {
  const rest = groups.at(-1);
  const before = groups.at(-2);
  if (!rest || !before) return groups;
  const start = rest[0]?.start ?? 0;
  const end = rest.at(-1)?.end ?? 0;
  const joined = end - (before[0]?.start ?? 0);
  if (end - start >= MIN_LENGTH || joined > MAX_LENGTH) return groups;
  return [...groups.slice(0, -2), [...before, ...rest]];
}

function piecesOf(parsed: ParsedDocument, block: Block): Piece[] {
  const whole: Piece = { start: block.start, end: block.end, block };
  const length = block.end - block.start;
  if (block.kind === 'paragraph' || block.kind === 'quote') {
    if (length <= MAX_LENGTH) return [whole];
    const source = parsed.text.slice(block.start, block.end);
    return pack(source, splitSentences(source, parsed.language ?? 'en'), block);
  }
  if (length <= MAX_WHOLE_LENGTH || block.kind === 'heading') return [whole];
  const source = parsed.text.slice(block.start, block.end);
  return pack(source, lines(source), block);
}

function lines(source: string): Range[] {
  return [...source.matchAll(/[^\n]*\S[^\n]*/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Packs small ranges of `source` into pieces of about the target length; a range too long for one is cut. */
function pack(source: string, ranges: readonly Range[], block: Block): Piece[] {
  const packed: Range[] = [];
  for (const range of ranges.flatMap((long) => cutLong(source, long))) {
    const open = packed.at(-1);
    if (open && range.end - open.start <= TARGET_LENGTH)
      packed[packed.length - 1] = { start: open.start, end: range.end };
    else packed.push(range);
  }
  return packed.map(({ start, end }) => ({ start: block.start + start, end: block.start + end, block }));
}

/** Cuts a range longer than a passage may be at white space, or anywhere (never inside a character) without any. */
function cutLong(source: string, range: Range): Range[] {
  const cut: Range[] = [];
  let { start } = range;
  while (range.end - start > MAX_LENGTH) {
    const window = source.slice(start, start + MAX_LENGTH);
    const space = window.search(/\s+\S*$/);
    let end = space > 0 ? start + space : start + MAX_LENGTH;
    if (space <= 0 && /[\uD800-\uDBFF]/.test(source[end - 1] ?? '')) end -= 1;
    cut.push({ start, end });
    start = end + (/^\s*/.exec(source.slice(end))?.[0].length ?? 0);
  }
  if (start < range.end) cut.push({ start, end: range.end });
  return cut;
}
