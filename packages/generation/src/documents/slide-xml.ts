import type { List, ListItem, PhrasingContent, RootContent } from 'mdast';
import { attribute, readXml, type XmlTag } from './xml-events.ts';

interface Options {
  readonly role: 'slide' | 'notes' | 'diagram';
  /** The slide opens a part of the presentation; its title stands above those of other slides. */
  readonly opensSection?: boolean;
}

type Mark = 'none' | 'bullet' | 'number' | 'inherit';

interface Paragraph {
  text: string;
  level: number;
  mark: Mark;
}

interface Shape {
  /** The kind of placeholder: title, body, … `obj` is the content's; null for a free text box. */
  placeholder: string | null;
  paragraphs: Paragraph[];
}

type Item = Shape | { readonly rows: string[][] };

/** Placeholders that hold no content: date, footer, header, slide number, the slide's picture on a page of notes. */
const DECORATION = new Set(['dt', 'ftr', 'hdr', 'sldNum', 'sldImg']);
const BULLETED = new Set(['body', 'obj']);

/** The text of a slide, of its notes or of a diagram on it, as blocks; the title comes first. */
export function readSlide(bytes: Uint8Array, fileName: string, { role, opensSection = false }: Options): RootContent[] {
  const items = readItems(bytes, fileName);
  const titles: RootContent[] = [];
  const nodes: RootContent[] = [];
  for (const item of items) {
    if ('rows' in item) {
      nodes.push(table(item.rows));
      continue;
    }
    const placeholder = item.placeholder ?? '';
    const paragraphs = item.paragraphs.filter(({ text }) => text !== '');
    if (DECORATION.has(placeholder) || (role === 'notes' && placeholder !== 'body') || paragraphs.length === 0)
      continue;
    if (role === 'slide' && (placeholder === 'title' || placeholder === 'ctrTitle')) {
      const value = paragraphs.map(({ text }) => text).join(' ');
      const depth = opensSection || placeholder === 'ctrTitle' ? 1 : 2;
      titles.push({ type: 'heading', depth, children: phrasing(value) });
    } else {
      const bulleted = role === 'diagram' || (role === 'slide' && BULLETED.has(placeholder));
      nodes.push(...paragraphNodes(paragraphs, bulleted));
    }
  }
  return [...titles, ...nodes];
}

function readItems(bytes: Uint8Array, fileName: string): Item[] {
  const items: Item[] = [];
  let shape: Shape | null = null;
  let paragraph: Paragraph | null = null;
  let rows: string[][] | null = null;
  let inText = false;
  readXml(bytes, fileName, {
    open: (tag) => {
      if (tag.local === 'sp' || tag.local === 'pt') {
        shape = { placeholder: null, paragraphs: [] };
        items.push(shape);
      } else if (tag.local === 'ph' && shape) shape.placeholder = attribute(tag, 'type') ?? 'obj';
      else if (tag.local === 'tbl') {
        rows = [];
        items.push({ rows });
      } else if (tag.local === 'tr') rows?.push([]);
      else if (tag.local === 'tc') rows?.at(-1)?.push('');
      else if (tag.local === 'p' && (shape || rows)) paragraph = { text: '', level: 0, mark: 'inherit' };
      else if (paragraph && tag.local === 'br') paragraph.text += '\n';
      else if (paragraph && tag.local === 't') inText = true;
      else if (paragraph) readMark(paragraph, tag);
    },
    text: (text) => {
      if (inText && paragraph) paragraph.text += text;
    },
    close: (tag) => {
      if (tag.local === 't') inText = false;
      else if (tag.local === 'sp' || tag.local === 'pt') shape = null;
      else if (tag.local === 'tbl') rows = null;
      else if (tag.local === 'p' && paragraph) {
        paragraph.text = paragraph.text.replace(/[^\S\n]+/gu, ' ').trim();
        const row = rows?.at(-1);
        if (row) row[row.length - 1] = `${row.at(-1) ?? ''} ${paragraph.text.replaceAll('\n', ' ')}`.trim();
        else shape?.paragraphs.push(paragraph);
        paragraph = null;
      }
    },
  });
  return items;
}

function readMark(paragraph: Paragraph, tag: XmlTag): void {
  if (tag.local === 'pPr') paragraph.level = Number(attribute(tag, 'lvl') ?? 0) || 0;
  else if (tag.local === 'buNone') paragraph.mark = 'none';
  else if (tag.local === 'buChar' || tag.local === 'buBlip') paragraph.mark = 'bullet';
  else if (tag.local === 'buAutoNum') paragraph.mark = 'number';
}

function phrasing(text: string): PhrasingContent[] {
  return [{ type: 'text', value: text.replaceAll('\n', ' ') }];
}

/** A single bulleted paragraph that inherits its mark is running text: most such are set without a bullet anyway. */
function paragraphNodes(paragraphs: readonly Paragraph[], bulleted: boolean): RootContent[] {
  const nodes: RootContent[] = [];
  const inherits = bulleted && paragraphs.length > 1;
  /** Open lists, outermost first. */
  let lists: List[] = [];
  for (const { text, level, mark } of paragraphs) {
    const isItem = mark === 'bullet' || mark === 'number' || (mark === 'inherit' && inherits);
    if (!isItem) {
      lists = [];
      nodes.push(...text.split('\n').map((line): RootContent => ({ type: 'paragraph', children: phrasing(line) })));
      continue;
    }
    const item: ListItem = {
      type: 'listItem',
      spread: false,
      children: [{ type: 'paragraph', children: phrasing(text) }],
    };
    lists = lists.slice(0, level + 1);
    const open = lists.at(-1);
    if (open && lists.length === level + 1 && open.ordered === (mark === 'number')) {
      open.children.push(item);
      continue;
    }
    if (open && lists.length === level + 1) lists.pop();
    const list: List = { type: 'list', ordered: mark === 'number', spread: false, children: [item] };
    const parent = lists.at(-1)?.children.at(-1);
    if (parent) parent.children.push(list);
    else nodes.push(list);
    lists.push(list);
  }
  return nodes;
}

function table(rows: readonly (readonly string[])[]): RootContent {
  const width = Math.max(0, ...rows.map((row) => row.length));
  return {
    type: 'table',
    children: rows.map((row) => ({
      type: 'tableRow',
      children: Array.from({ length: width }, (_, index) => ({
        type: 'tableCell',
        children: phrasing(row[index] ?? ''),
      })),
    })),
  };
}
