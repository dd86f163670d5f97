import type { RootContent } from 'mdast';
import { decodeText } from '../decode-text.ts';
import { DocumentError } from '../document-error.ts';
import { joinLines } from '../join-lines.ts';
import { writeMarkdown } from '../markdown-blocks.ts';
import type { DocumentParser } from '../parsers.ts';
import { markdownDocument } from './markdown.ts';

export const plainTextParser: DocumentParser = {
  type: 'txt',
  parse: (bytes, file) => {
    const decoded = decodeText(bytes);
    if (decoded === null) throw new DocumentError('binary', file.name);
    return markdownDocument('txt', plainTextToMarkdown(decoded.text));
  },
};

/** Longest line that can be a heading, in characters. */
const HEADING_LENGTH = 90;

const LIST_ITEM = /^\s*(?:([-–—•*·▪])|(\d{1,3}[.)]|[a-zа-яё]\)))\s+(.*\S)/iu;
const NUMBERED = /^(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+\p{Lu}/u;
const CHAPTER =
  /^(?:глава|раздел|часть|тема|лекция|урок|приложение|chapter|part|section|unit|lesson|appendix)\s+[\dIVXLА-Я]+\b/iu;
const STANDALONE =
  /^(?:введение|заключение|предисловие|выводы|итоги|содержание|оглавление|список литературы|introduction|conclusion|summary|preface|contents|references|bibliography)$/iu;

/** Plain text as Markdown: headings, lists and tab-separated tables are recognised, markup characters escaped. */
export function plainTextToMarkdown(text: string): string {
  return `${plainTextNodes(text).map(writeMarkdown).join('\n\n')}\n`;
}

/** The headings, paragraphs, lists and tables of a plain text. */
export function plainTextNodes(text: string): RootContent[] {
  const groups = lineGroups(text.replace(/\f/g, '\n\n'));
  return groups.flatMap((lines, index) => nodesOf(lines, index, groups));
}

/** Lines between blank lines; where a text has no blank lines, each long line is a paragraph of its own. */
function lineGroups(text: string): string[][] {
  const lines = text.split('\n').map((line) => line.trimEnd());
  const filled = lines.filter((line) => line.trim() !== '');
  const blanks = lines.length - filled.length;
  const averageLength = filled.reduce((sum, line) => sum + line.length, 0) / Math.max(1, filled.length);
  // Hard-wrapped text is at most about 80 characters wide; longer lines were paragraphs in a word processor.
  const wrapped = averageLength <= 90 || blanks > filled.length / 2;
  const groups: string[][] = [[]];
  for (const line of lines) {
    const group = groups.at(-1) ?? [];
    if (line.trim() === '') groups.push([]);
    else if (wrapped || group.length === 0 || isSame(group.at(-1), line)) group.push(line);
    else groups.push([line]);
  }
  return groups.filter((group) => group.length > 0);
}

function isSame(previous: string | undefined, line: string): boolean {
  if (previous === undefined) return false;
  return (LIST_ITEM.test(previous) && LIST_ITEM.test(line)) || (previous.includes('\t') && line.includes('\t'));
}

function nodesOf(lines: readonly string[], index: number, groups: readonly (readonly string[])[]): RootContent[] {
  const [first = '', second = ''] = lines;
  if (lines.length === 2 && /^\s*(?:={3,}|-{3,})\s*$/.test(second))
    return [heading(first, second.includes('=') ? 1 : 2)];
  const level = lines.length === 1 ? headingLevel(first.trim(), index, groups) : null;
  if (level !== null) return [heading(first, level)];
  const table = tableOf(lines);
  if (table) return [table];
  return paragraphsAndLists(lines);
}

/** A heading stands alone, is short, does not end like a sentence, and something other than a heading follows. */
function headingLevel(line: string, index: number, groups: readonly (readonly string[])[]): 1 | 2 | 3 | 4 | null {
  const next = groups[index + 1]?.join(' ').trim();
  if (line.length > HEADING_LENGTH || next === undefined || !/^[\p{Lu}\d]/u.test(line)) return null;
  if (CHAPTER.test(line) || STANDALONE.test(line)) return 2;
  if (/[.,;:!]$/.test(line)) return null;
  const number = NUMBERED.exec(line)?.[1];
  if (number !== undefined) {
    const nextIsItem = /^\d{1,2}[.)]\s/.test(next) && next.length <= HEADING_LENGTH;
    return nextIsItem ? null : (([2, 3, 4, 4] as const)[number.split('.').length - 1] ?? 4);
  }
  if (index === 0) return 1;
  if (/\p{Lu}{4}/u.test(line) && line === line.toUpperCase()) return 2;
  return line.split(/\s+/).length <= 9 && next.length > 120 && !LIST_ITEM.test(line) ? 3 : null;
}

function heading(line: string, depth: 1 | 2 | 3 | 4): RootContent {
  return { type: 'heading', depth, children: [{ type: 'text', value: line.trim() }] };
}

function tableOf(lines: readonly string[]): RootContent | null {
  const rows = lines.map((line) =>
    line
      .trim()
      .split('\t')
      .map((cell) => cell.trim()),
  );
  const width = rows[0]?.length ?? 0;
  if (rows.length < 2 || width < 2 || rows.some((row) => row.length !== width)) return null;
  return {
    type: 'table',
    children: rows.map((row) => ({
      type: 'tableRow',
      children: row.map((cell) => ({ type: 'tableCell', children: [{ type: 'text', value: cell }] })),
    })),
  };
}

interface Item {
  readonly ordered: boolean;
  text: string;
}

/** Splits a group into running text and runs of list items; an indented line goes on with its item. */
function paragraphsAndLists(lines: readonly string[]): RootContent[] {
  const nodes: RootContent[] = [];
  let text = '';
  let items: Item[] = [];
  const flush = () => {
    if (text !== '') nodes.push({ type: 'paragraph', children: [{ type: 'text', value: text }] });
    if (items.length > 0) nodes.push(list(items));
    text = '';
    items = [];
  };
  for (const line of lines) {
    const match = LIST_ITEM.exec(line);
    const last = items.at(-1);
    if (match) {
      const ordered = match[2] !== undefined;
      if (text !== '' || (last && last.ordered !== ordered)) flush();
      items.push({ ordered, text: match[3] ?? '' });
    } else if (last && /^\s{2,}/.test(line)) {
      last.text = joinLines(last.text, line.trim());
    } else {
      if (last) flush();
      text = joinLines(text, line.trim());
    }
  }
  flush();
  return nodes;
}

function list(items: readonly Item[]): RootContent {
  return {
    type: 'list',
    ordered: items[0]?.ordered ?? false,
    spread: false,
    children: items.map((item) => ({
      type: 'listItem',
      spread: false,
      children: [{ type: 'paragraph', children: [{ type: 'text', value: item.text }] }],
    })),
  };
}
