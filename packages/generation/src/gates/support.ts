import type { CourseLanguage } from '@megacampus/domain/course';
import type { Nodes } from 'mdast';
import { toString as plainText } from 'mdast-util-to-string';
import { parseMarkdown } from '../documents/markdown-blocks.ts';
import type { Citation, Passage } from '../engine.ts';
import { detectLanguage } from '../language/detect-language.ts';
import { contradictionIn, hasOnlyNumbersOf, splitIntoSentences, statementsOf } from './contradiction.ts';
import { shareIn, topicsOf } from './overlap.ts';

/** Share of a paragraph's words that its cited passage has, at least: less, and the footnote is an ornament. */
const WITH_FOOTNOTE = 0.25;
/** The same for a paragraph without a footnote: the best passage has to say most of it. */
const WITHOUT_FOOTNOTE = 0.6;
/** And for each sentence, of the one passage that says most of it. */
const OF_SENTENCE = 0.34;
/** Share of a paragraph's words that may stand in sentences below that: what leads over, sums up or compares. */
const LOOSE_WORDS = 0.4;
/** A sentence with fewer words that carry meaning states nothing. */
const LEAST_TOPICS = 3;

export interface Supported {
  /** The text without what no passage supports. */
  readonly markdown: string;
  readonly removed: readonly string[];
  /** Share of the text that was removed, 0–1. */
  readonly removedShare: number;
}

/**
 * Keeps the paragraphs, lists and tables that a passage supports: by a footnote to a passage that shares their words, or by
 * words alone; most of their sentences have to be supported, and none may contradict the passages. In another language than
 * its passages a paragraph needs the footnote, whose quote has been checked, and no numbers that the passages lack.
 */
export function keepSupported(
  markdown: string,
  citations: readonly Citation[],
  passages: readonly Passage[],
  language: CourseLanguage,
): Supported {
  const isSupported = createJudge(citations, passages, language);
  const blocks = blocksOf(markdown);
  const kept = blocks.filter((block) => block.isHeading || isSupported(block.text));
  const removed = blocks.filter((block) => !kept.includes(block));
  const length = (some: readonly Block[]) => some.reduce((sum, { text }) => sum + text.length, 0);
  return {
    markdown: withoutEmptyHeadings(kept)
      .map(({ source }) => source)
      .join('\n\n'),
    removed: removed.map(({ text }) => text),
    removedShare: length(removed) / Math.max(1, length(blocks.filter(({ isHeading }) => !isHeading))),
  };
}

function createJudge(citations: readonly Citation[], passages: readonly Passage[], language: CourseLanguage) {
  const texts = passages.map(({ text, headingPath }) => `${headingPath.join('\n')}\n${text}`);
  const topics = new Map(passages.map(({ id }, index) => [id, topicsOf(texts[index] ?? '', language)]));
  const spoken = detectLanguage(passages.map(({ text }) => text).join('\n'));
  const isForeign = spoken !== null && spoken !== language;
  const said = statementsOf(texts.join('\n'), isForeign ? spoken : language);
  const bestShare = (own: ReadonlySet<string>) => Math.max(0, ...[...topics.values()].map((set) => shareIn(own, set)));

  /** Sentences that no passage says must not be much of the paragraph. */
  function isMostlySaid(text: string): boolean {
    const sentences = splitIntoSentences(text, language).map((sentence) => topicsOf(sentence, language));
    const loose = sentences.filter((own) => own.size >= LEAST_TOPICS && bestShare(own) < OF_SENTENCE);
    const words = (some: readonly ReadonlySet<string>[]) => some.reduce((sum, { size }) => sum + size, 0);
    return words(loose) <= words(sentences) * LOOSE_WORDS;
  }

  return (text: string): boolean => {
    const marks = [...text.matchAll(/\[\^(\d+)\]/g)].map(([, number]) => citations[Number(number) - 1]?.passageId);
    const cited = marks.flatMap((id) => (id === undefined ? [] : (topics.get(id) ?? [])));
    const plain = text.replace(/\[\^\d+\]/g, ' ');
    if (isForeign) return cited.length > 0 && hasOnlyNumbersOf(plain, said, language);
    const own = topicsOf(plain, language);
    const isCited = cited.length > 0 && shareIn(own, new Set(cited.flatMap((set) => [...set]))) >= WITH_FOOTNOTE;
    if (!isCited && (own.size === 0 || bestShare(own) < WITHOUT_FOOTNOTE)) return false;
    return isMostlySaid(plain) && contradictionIn(plain, said, language) === null;
  };
}

interface Block {
  readonly source: string;
  readonly text: string;
  readonly isHeading: boolean;
  readonly depth: number;
}

/** Top-level blocks; a paragraph that ends with a colon belongs to what it announces. */
function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  for (const node of parseMarkdown(markdown).children) {
    const source = markdown.slice(node.position?.start.offset, node.position?.end.offset);
    const text = textOf(node, source);
    const before = blocks.at(-1);
    if (before && !before.isHeading && node.type !== 'heading' && /:\s*$/.test(before.text)) {
      blocks[blocks.length - 1] = {
        ...before,
        source: `${before.source}\n\n${source}`,
        text: `${before.text}\n${text}`,
      };
    } else {
      const depth = node.type === 'heading' ? node.depth : 0;
      blocks.push({ source, text, isHeading: node.type === 'heading' || node.type === 'thematicBreak', depth });
    }
  }
  return blocks;
}

/** With its footnote marks, which the parser takes for references and drops from the plain text. */
function textOf(node: Nodes, source: string): string {
  const marks = source.match(/\[\^\d+\]/g)?.join(' ') ?? '';
  return `${wordsOf(node).replace(/\[\^\d+\]/g, ' ')} ${marks}`.trim();
}

/** Cells and items apart from each other: run together, their words would be found in no passage. */
function wordsOf(node: Nodes): string {
  const isOfParts = ['table', 'tableRow', 'list', 'listItem', 'blockquote'].includes(node.type);
  return isOfParts && 'children' in node ? node.children.map(wordsOf).join('\n') : plainText(node);
}

function withoutEmptyHeadings(blocks: readonly Block[]): Block[] {
  return blocks.filter((block, index) => {
    if (!block.isHeading || block.depth === 0) return true;
    const next = blocks
      .slice(index + 1)
      .find(({ isHeading, depth }) => !isHeading || (depth > 0 && depth <= block.depth));
    return next !== undefined && !next.isHeading;
  });
}
