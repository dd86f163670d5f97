import type { List, ListItem, RootContent } from 'mdast';
import type { PagedNode } from '../document-of-nodes.ts';
import { joinLines, type Vocabulary } from '../join-lines.ts';
import { findTables } from './find-tables.ts';
import type { Line } from './reading-order.ts';
import type { Typography } from './typography.ts';

const ITEM = /^(?:([•●○▪■□◦‣⁃∙·–—*-])|(\d{1,3})[.)]|(\p{Ll})\))\s+(?=\S)/u;

interface Open {
  readonly kind: 'heading' | 'paragraph' | 'item';
  text: string;
  readonly page: number;
  readonly level: number;
  readonly mark: Mark | null;
  last: Line;
}

interface Mark {
  readonly x: number;
  /** Null for a bullet. */
  readonly number: number | null;
  readonly length: number;
}

/** Puts the lines of a document together to headings, paragraphs, lists and tables. */
export function structureOf(lines: readonly Line[], typography: Typography): PagedNode[] {
  const tables = new Map(findTables(lines).map((table) => [table.from, table]));
  const words = vocabularyOf(lines);
  const builder = createBuilder();
  let open: Open | null = null;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index];
    const table = tables.get(index);
    if (line === undefined) break;
    if (table) {
      if (open) builder.add(open);
      open = null;
      builder.addNode({ node: table.node, page: line.page });
      index = table.to - 1;
      continue;
    }
    const level = typography.headingLevel(line);
    if (open && goesOn(open, line, level, typography)) {
      open.text = joinLines(open.text, line.text, words);
      open.last = line;
      continue;
    }
    if (open) builder.add(open);
    open = begin(line, level, builder.lastNumber());
  }
  if (open) builder.add(open);
  return builder.nodes;
}

function begin(line: Line, level: number | null, lastNumber: number | null): Open {
  const { text, page } = line;
  if (level !== null) return { kind: 'heading', text, page, level, mark: null, last: line };
  const mark = markOf(line, lastNumber);
  if (mark) return { kind: 'item', text: text.slice(mark.length), page, level: 0, mark, last: line };
  return { kind: 'paragraph', text, page, level: 0, mark: null, last: line };
}

/** A number marks an item only as the first or the next one, for years and sums stand at a line's start as well. */
function markOf(line: Line, lastNumber: number | null): Mark | null {
  const match = ITEM.exec(line.text);
  if (!match) return null;
  const letter =
    match[3] === undefined
      ? null
      : 'abcdefghijklmnopqrstuvwxyz'.indexOf(match[3]) + 1 || 'абвгдежзиклмнопрстуфхцчшщэюя'.indexOf(match[3]) + 1;
  const number = match[2] === undefined ? letter : Number(match[2]);
  if (number !== null && number !== 1 && number !== (lastNumber ?? 0) + 1) return null;
  return { x: line.x, number, length: match[0].length };
}

/** Whether a line carries on what is open. */
function goesOn(open: Open, line: Line, level: number | null, { leading, bodySize }: Typography): boolean {
  const { last } = open;
  const samePage = last.page === line.page;
  const gap = line.y - last.y;
  const isNext = samePage && gap > 0 && gap < Math.max(last.size, line.size) * leading * 1.3;
  if (open.kind === 'heading' || level !== null) {
    const sameLook = Math.abs(last.size - line.size) < 0.6 && last.font === line.font;
    return open.kind === 'heading' && level === open.level && isNext && sameLook && open.text.length < 160;
  }
  if (Math.abs(last.size - line.size) > Math.max(0.6, bodySize * 0.1)) return false;
  const isFull = last.right > last.column.right - (last.column.right - last.column.left) * 0.25;
  const endsSentence = /[.!?:;…]["»”)\]]*$/u.test(last.text);
  // A dash at a line's start is a mark only where a sentence has ended: in running text it stands there by chance.
  const isDash = /^[–—-]/u.test(line.text) && !(open.kind === 'item' && Math.abs(line.x - (open.mark?.x ?? 0)) < 1);
  const mayBeItem = !isDash || endsSentence || !isNext || !isFull;
  if (mayBeItem && markOf(line, open.mark?.number ?? null) !== null) return false;
  if (/[-\u00ad\u2010]$/.test(last.text) && /^\p{Ll}/u.test(line.text)) return true;
  if (!isNext) {
    // Text goes on over the end of a column or a page when its sentence does.
    const isBreak = !samePage || gap < 0;
    return isBreak && isFull && !endsSentence && /^[\p{Ll}\p{N}(«"“—–]/u.test(line.text);
  }
  if (open.kind === 'item') return line.x > (open.mark?.x ?? 0) + line.size * 0.4 || (isFull && !endsSentence);
  const isIndented = line.x > last.x + line.size * 0.8 && line.x < last.x + line.size * 5;
  return !(isIndented && endsSentence) && (isFull || !endsSentence || !/^[\p{Lu}\p{N}«"“—–]/u.test(line.text));
}

function createBuilder() {
  const nodes: PagedNode[] = [];
  /** Open lists, outermost first, with the place of their marks. */
  let lists: { list: List; x: number; number: number | null }[] = [];
  const addItem = ({ text, mark, page }: Open) => {
    const x = mark?.x ?? 0;
    const number = mark?.number ?? null;
    const item: ListItem = {
      type: 'listItem',
      spread: false,
      children: [{ type: 'paragraph', children: [{ type: 'text', value: text }] }],
    };
    while (lists.length > 1 && x < (lists.at(-1)?.x ?? 0) - 4) lists.pop();
    const last = lists.at(-1);
    const isInner = last !== undefined && x > last.x + 8 && x < last.x + 60;
    const sameKind = last !== undefined && (last.number === null) === (number === null);
    if (last && !isInner && sameKind && (number === null || number === (last.number ?? 0) + 1)) {
      last.list.children.push(item);
      last.number = number;
      return;
    }
    const list: List = { type: 'list', ordered: number !== null, spread: false, children: [item] };
    if (number !== null) list.start = number;
    const parent = isInner ? last.list.children.at(-1) : undefined;
    if (parent) parent.children.push(list);
    else {
      nodes.push({ node: list, page });
      lists = [];
    }
    lists.push({ list, x, number });
  };
  const addNode = (paged: PagedNode) => {
    lists = [];
    nodes.push(paged);
  };
  return {
    nodes,
    addNode,
    add: (open: Open) => {
      if (open.kind === 'item') addItem(open);
      else addNode({ node: textNode(open), page: open.page });
    },
    lastNumber: () => lists.at(-1)?.number ?? null,
  };
}

function textNode({ kind, level, text }: Open): RootContent {
  const children = [{ type: 'text' as const, value: text }];
  if (kind === 'paragraph') return { type: 'paragraph', children };
  return { type: 'heading', depth: Math.max(1, Math.min(6, level)) as 1 | 2 | 3 | 4 | 5 | 6, children };
}

/** The words inside of lines, where no word is divided. */
function vocabularyOf(lines: readonly Line[]): Vocabulary {
  const words = new Set<string>();
  for (const { text } of lines) {
    const found = text.toLowerCase().match(/\p{L}+(?:-\p{L}+)*/gu) ?? [];
    for (const word of /-$/.test(text) ? found.slice(1, -1) : found.slice(1)) words.add(word);
  }
  return words;
}
