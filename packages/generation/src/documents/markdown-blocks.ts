import type { Root, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown, gfmToMarkdown } from 'mdast-util-gfm';
import { type Options, toMarkdown } from 'mdast-util-to-markdown';
import { toString as plainText } from 'mdast-util-to-string';
import { gfm } from 'micromark-extension-gfm';
import type { Block, BlockKind } from './document.ts';

const PARSER = { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] };

/** Parses GitHub-flavoured Markdown. */
export function parseMarkdown(text: string): Root {
  return fromMarkdown(text, PARSER);
}

/** Web addresses stay as they are written: the extension for them would put a backslash into each (“https\\:”). */
const { extensions } = gfmToMarkdown({ tablePipeAlign: false });
const WRITING: Options = {
  extensions: (extensions ?? []).filter(({ unsafe }) => !unsafe?.some(({ character }) => character === '@')),
  bullet: '-',
  rule: '-',
  fences: true,
};

/** Writes a node as Markdown. */
export function writeMarkdown(node: RootContent): string {
  return toMarkdown({ type: 'root', children: [node] }, WRITING).trim();
}

const KINDS: Partial<Record<RootContent['type'], BlockKind>> = {
  heading: 'heading',
  paragraph: 'paragraph',
  list: 'list',
  table: 'table',
  code: 'code',
  blockquote: 'quote',
};

/** What a block is, apart from where it stands. */
export function blockFacts(node: RootContent): Pick<Block, 'kind' | 'level' | 'title'> {
  const heading = node.type === 'heading' ? node : null;
  return {
    kind: KINDS[node.type] ?? 'other',
    level: heading?.depth ?? null,
    title: heading ? plainText(heading).replace(/\s+/g, ' ').trim() : '',
  };
}

/** The top-level blocks of a Markdown text. What the parser gives no node to becomes a block of kind `other`. */
export function markdownBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  let reached = 0;
  const fillGap = (to: number) => {
    const gap = text.slice(reached, to);
    const lost = gap.trim();
    if (lost === '') return;
    const start = reached + gap.indexOf(lost);
    blocks.push({ kind: 'other', start, end: start + lost.length, page: null, level: null, title: '' });
  };
  for (const node of parseMarkdown(text).children) {
    const start = Math.max(reached, node.position?.start.offset ?? reached);
    const end = Math.max(start, node.position?.end.offset ?? start);
    if (text.slice(start, end).trim() === '') continue;
    fillGap(start);
    blocks.push({ ...blockFacts(node), start, end, page: null });
    reached = end;
  }
  fillGap(text.length);
  return blocks;
}
