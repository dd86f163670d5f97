import { headingText } from './material.ts';
import type { PassageBlock } from './passage-blocks.ts';

/** Titles in lower case that the reader sees anyway. */
export interface Titles {
  readonly lesson: string;
  /** Of the section and of the documents. */
  readonly around: readonly string[];
}

/** The blocks of a lesson that say something where they now stand. */
export function shownBlocks(blocks: readonly PassageBlock[], titles: Titles): PassageBlock[] {
  const shown = withoutIdleHeadings(withoutLostLeadIns(withoutRepeatedHeadings(blocks)), titles);
  return shown.some(({ kind }) => kind !== 'heading') ? shown : withoutIdleHeadings(blocks, titles);
}

/** Slides that go on repeat their title; a reader needs it once. */
function withoutRepeatedHeadings(blocks: readonly PassageBlock[]): PassageBlock[] {
  let last: PassageBlock | undefined;
  return blocks.filter((block) => {
    if (block.kind !== 'heading') return true;
    const repeats = last !== undefined && last.level === block.level && textOf(last) === textOf(block);
    last = block;
    return !repeats;
  });
}

/** “Widely used systems include:” with nothing after it: what it announced is a picture, or was left out. */
function withoutLostLeadIns(blocks: readonly PassageBlock[]): PassageBlock[] {
  return blocks.flatMap((block, index) => {
    const next = blocks[index + 1];
    const sentence = block.sentences.at(-1);
    if (block.kind !== 'paragraph' || !sentence?.text.endsWith(':')) return block;
    if (next !== undefined && next.kind !== 'heading') return block;
    const sentences = block.sentences.slice(0, -1);
    const end = block.markdown.lastIndexOf(sentence.quote);
    if (sentences.length === 0 || end <= 0) return [];
    return { ...block, sentences, markdown: block.markdown.slice(0, end).trimEnd() };
  });
}

/**
 * Leaves out headings without text under them, and those that only repeat the lesson's, the section's or the document's
 * title; the lesson's title stays where other text comes before it.
 */
function withoutIdleHeadings(blocks: readonly PassageBlock[], titles: Titles): PassageBlock[] {
  const kept: PassageBlock[] = [];
  for (const [index, block] of blocks.entries()) {
    if (block.kind !== 'heading') {
      kept.push(block);
      continue;
    }
    const text = textOf(block);
    const next = blocks[index + 1];
    const isIdle = next === undefined || (next.kind === 'heading' && next.level <= block.level);
    const repeats =
      titles.around.includes(text) || (text === titles.lesson && kept.every(({ kind }) => kind === 'heading'));
    if (!isIdle && !repeats) kept.push(block);
  }
  return kept;
}

const textOf = ({ markdown }: PassageBlock) => headingText(markdown).toLowerCase();

/** The level of each heading in a lesson, whose own title is of level 1: none is skipped, whatever the source's levels. */
export function headingLevels(blocks: readonly PassageBlock[]): Map<PassageBlock, number> {
  const levels = new Map<PassageBlock, number>();
  let above: number[] = [];
  for (const block of blocks) {
    if (block.kind !== 'heading') continue;
    above = [...above.filter((level) => level < block.level), block.level];
    levels.set(block, Math.min(6, 1 + above.length));
  }
  return levels;
}
