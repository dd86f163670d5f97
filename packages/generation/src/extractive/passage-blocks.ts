import type { Nodes, PhrasingContent, RootContent } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { parseMarkdown, writeMarkdown } from '../documents/markdown-blocks.ts';
import type { Passage } from '../engine.ts';
import { splitSentences } from '../language/sentences.ts';
import type { Lexicon } from '../language/words.ts';

/** A sentence or a list item of a passage. */
export interface Sentence {
  readonly passageId: string;
  /** To be read: without markup, on one line. */
  readonly text: string;
  /** To be cited: stands in the passage's text exactly so. */
  readonly quote: string;
  readonly stems: readonly string[];
  readonly words: number;
}

/** A piece of a passage that is shown or left out as a whole, except that a paragraph may lose sentences. */
export interface PassageBlock {
  readonly kind: 'heading' | 'paragraph' | 'list' | 'table' | 'code' | 'quote';
  readonly passageId: string;
  /** Markdown that is safe to show: no HTML, no images, no links into the source's own file tree. */
  readonly markdown: string;
  readonly level: number;
  /** Sentences of a paragraph or a quotation, items of a list; none for the rest. */
  readonly sentences: readonly Sentence[];
  /** A stretch of the passage's text that can be cited for the block as a whole. */
  readonly quote: string;
  /** Phrases that the author emphasised. */
  readonly emphasised: readonly string[];
  readonly words: number;
}

/** What has been read of a passage, by the language it was read in, for as long as somebody holds the passage. */
const alreadyRead = new WeakMap<Passage, Map<string, readonly PassageBlock[]>>();

/**
 * Reads the Markdown of a passage. HTML, rules and link definitions are left out. Parsing is most of the work of a lesson,
 * and a lesson looks at its passages more than once: the same passage is read once.
 */
export function readPassage(passage: Passage, lexicon: Lexicon): readonly PassageBlock[] {
  const known = alreadyRead.get(passage) ?? new Map<string, readonly PassageBlock[]>();
  alreadyRead.set(passage, known);
  const blocks = known.get(lexicon.language) ?? parsePassage(passage, lexicon);
  known.set(lexicon.language, blocks);
  return blocks;
}

function parsePassage(passage: Passage, lexicon: Lexicon): PassageBlock[] {
  const text = passage.text;
  return parseMarkdown(text).children.flatMap((node) => blockOf(node, text, passage, lexicon) ?? []);
}

const KINDS = {
  heading: 'heading',
  paragraph: 'paragraph',
  list: 'list',
  table: 'table',
  code: 'code',
  blockquote: 'quote',
} as const;

function blockOf(node: RootContent, text: string, passage: Passage, lexicon: Lexicon): PassageBlock | null {
  const kind = node.type in KINDS ? KINDS[node.type as keyof typeof KINDS] : null;
  const raw = sliceOf(node, text);
  const plain = oneLine(plainText(node, { includeImageAlt: false }));
  if (kind === null || plain === '' || !/[\p{L}\p{N}]/u.test(plain)) return null;
  return {
    kind,
    passageId: passage.id,
    markdown: kind === 'heading' ? plain : shownMarkdown(node, raw),
    level: node.type === 'heading' ? node.depth : 0,
    sentences: sentencesOf(node, text, passage, lexicon),
    quote: quoteOf(node, raw),
    emphasised: kind === 'paragraph' || kind === 'list' ? emphasisedIn(node) : [],
    words: lexicon.count(plain),
  };
}

function sliceOf(node: Nodes, text: string): string {
  return text.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0);
}

function sentencesOf(node: RootContent, text: string, passage: Passage, lexicon: Lexicon): Sentence[] {
  if (node.type === 'paragraph') return sentencesIn(sliceOf(node, text), passage, lexicon);
  if (node.type === 'blockquote') {
    return node.children.flatMap((child) =>
      child.type === 'paragraph' && !sliceOf(child, text).includes('\n')
        ? sentencesIn(sliceOf(child, text), passage, lexicon)
        : [],
    );
  }
  if (node.type !== 'list') return [];
  return node.children.flatMap((item) => {
    const first = item.children[0];
    return first?.type === 'paragraph' ? [sentenceOf(sliceOf(first, text), passage, lexicon)] : [];
  });
}

function sentencesIn(source: string, passage: Passage, lexicon: Lexicon): Sentence[] {
  return splitSentences(source, lexicon.language).map(({ start, end }) =>
    sentenceOf(source.slice(start, end), passage, lexicon),
  );
}

function sentenceOf(quote: string, passage: Passage, lexicon: Lexicon): Sentence {
  const text = withoutMarkup(quote);
  return { passageId: passage.id, text, quote, stems: lexicon.topicStems(text), words: lexicon.count(text) };
}

function quoteOf(node: RootContent, raw: string): string {
  if (node.type !== 'code') return raw.split('\n').find((line) => /[\p{L}\p{N}]/u.test(line)) ?? raw;
  return node.value.split('\n').find((line) => line.trim() !== '' && raw.includes(line)) ?? raw;
}

/** A stretch of Markdown as a person reads it, on one line. */
function withoutMarkup(markdown: string): string {
  if (!/[*_`[\]\\<&~!]/.test(markdown)) return oneLine(markdown);
  // A sentence cut out of a paragraph may begin like a list or a heading, which it is not.
  const [, opening = '', rest = ''] = /^((?:[-+*>#]|\d+[.)])?\s*)([\s\S]*)$/.exec(markdown) ?? [];
  const root = parseMarkdown(rest.trim());
  const text = oneLine(opening + plainText(root, { includeImageAlt: false, includeHtml: false }));
  return text.replace(/\*\*|__|\[\^[^\]]*\]/g, '').trim();
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function emphasisedIn(node: Nodes): string[] {
  if (node.type === 'strong') return [oneLine(plainText(node))];
  return 'children' in node ? node.children.flatMap(emphasisedIn) : [];
}

function shownMarkdown(node: RootContent, raw: string): string {
  if (node.type === 'code') return serialize({ ...node });
  // Nothing in it that must not be shown: the author's own Markdown stays as it is.
  if (!/[<[\]]|https?:/.test(raw) && !/^ {1,}/.test(raw)) return raw;
  return serialize(shown(node) ?? { type: 'paragraph', children: [] });
}

function serialize(node: RootContent): string {
  return writeMarkdown(node);
}

/** A copy of a node with only what may be shown; null when nothing of it is left. */
function shown<N extends Nodes>(node: N): N | null {
  if (['html', 'image', 'imageReference', 'footnoteReference', 'definition', 'break'].includes(node.type)) return null;
  if (node.type === 'text') return { ...node, value: node.value.replace(/\[\^[^\]\s]*\]/g, '') };
  if (!('children' in node)) return node;
  const children = node.children.flatMap((child): Nodes[] => {
    if (child.type === 'break') return [{ type: 'text', value: ' ' }];
    if (child.type === 'linkReference') return textOf(child.children);
    if (child.type === 'link' && !/^(?:https?|mailto):/i.test(child.url)) return textOf(child.children);
    const kept: Nodes | null = shown(child);
    return kept ? [kept] : [];
  });
  return { ...node, children } as N;
}

function textOf(children: readonly PhrasingContent[]): Nodes[] {
  return children.flatMap((child) => {
    const kept: Nodes | null = shown(child);
    return kept ? [kept] : [];
  });
}
