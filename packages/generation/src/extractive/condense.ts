import type { Brief } from '@megacampus/domain/course';
import { leansOnPrevious, statementScores } from './centrality.ts';
import { type Favour, gainOf } from './favours.ts';
import type { PassageBlock, Sentence } from './passage-blocks.ts';
import { styleForm } from './style-form.ts';

interface CondenseOptions {
  /** Words that the lesson should have. */
  readonly target: number;
  readonly language: string;
  /** Sentences that the lesson's objectives rest on: they are not left out. */
  readonly essential?: ReadonlySet<Sentence>;
}

interface Condensed {
  readonly blocks: readonly PassageBlock[];
  /** Share of the words that is left, 0–1. */
  readonly keptShare: number;
}

/** A lesson may be this much longer than its brief asks before anything is left out; not where it is to be tightened. */
const TOLERANCE = 1.35;
/** A lesson keeps this share of its length at least, though it be a list or a table that is too long. */
const LEAST = 0.5;
/** Longer than this it gives up even what its objectives rest on. */
const MOST = 1.6;
/** The share of the text that the minimalist style keeps at most. */
const MINIMALIST_SHARE = 0.6;

/**
 * Brings a lesson to its length: the least central sentences of paragraphs go first, then whole paragraphs, lists,
 * tables and code, which are never cut. Nothing is left out when it fits, or to expand and enhance was asked for.
 */
export function condense(
  blocks: readonly PassageBlock[],
  brief: Brief,
  { target, language, essential = new Set() }: CondenseOptions,
): Condensed {
  const total = wordsIn(blocks);
  const most =
    brief.style === 'minimalist'
      ? Math.min(target, total * MINIMALIST_SHARE)
      : brief.content_strategy === 'expand_and_enhance'
        ? Number.POSITIVE_INFINITY
        : brief.content_strategy === 'optimize_existing'
          ? target
          : target * TOLERANCE;
  if (total <= most) return { blocks, keptShare: 1 };
  const kept = dropSentences(blocks, total - most, { language, essential, favours: styleForm(brief.style).favours });
  const short = dropBlocks(kept, most, target * LEAST, essential);
  // Whole lists that an objective rests on may be too much.
  const fitting = wordsIn(short) <= target * MOST ? short : dropBlocks(short, target * MOST, target * LEAST, new Set());
  if (wordsIn(fitting) === 0) return { blocks, keptShare: 1 };
  return { blocks: fitting, keptShare: total === 0 ? 1 : wordsIn(fitting) / total };
}

interface Preferences {
  readonly language: string;
  readonly essential: ReadonlySet<Sentence>;
  /** The kind of sentences that goes last. */
  readonly favours: Favour | null;
}

function dropSentences(
  blocks: readonly PassageBlock[],
  excess: number,
  { language, essential, favours }: Preferences,
): PassageBlock[] {
  const sentences = blocks.flatMap((block) => (block.kind === 'paragraph' ? block.sentences : []));
  const scores = statementScores(sentences, language);
  const first = new Set(blocks.map(({ sentences: [opening] }) => opening));
  const order = sentences
    .map((sentence, index) => ({
      sentence,
      score: (scores[index] ?? 0) + gainOf(sentence, favours) + (first.has(sentence) ? 0.4 : 0),
      index,
    }))
    .sort((a, b) => a.score - b.score || b.index - a.index);
  const dropped = new Set<Sentence>();
  let left = excess;
  for (const { sentence } of order) {
    if (left <= 0) break;
    // Half of the sentences stay at least: a text of isolated statements can't be read.
    if (dropped.size + 1 > sentences.length / 2) break;
    // What introduces a list, a table or code is needed by it.
    if (sentence.text.endsWith(':') || essential.has(sentence)) continue;
    dropped.add(sentence);
    left -= sentence.words;
  }
  return blocks.flatMap((block) =>
    block.kind === 'paragraph' ? (withoutDropped(block, dropped, language) ?? []) : [block],
  );
}

/** A sentence that leans on a dropped one is dropped as well. */
function withoutDropped(block: PassageBlock, dropped: ReadonlySet<Sentence>, language: string): PassageBlock | null {
  const kept: Sentence[] = [];
  let gap = false;
  for (const sentence of block.sentences) {
    gap = dropped.has(sentence) || (gap && leansOnPrevious(sentence.text, language) && !sentence.text.endsWith(':'));
    if (!gap) kept.push(sentence);
  }
  if (kept.length === block.sentences.length) return block;
  if (kept.length === 0) return null;
  return {
    ...block,
    sentences: kept,
    markdown: kept.map(({ text }) => escapeText(text)).join(' '),
    words: kept.reduce((sum, { words }) => sum + words, 0),
  };
}

/** Plain text as Markdown. */
export function escapeText(text: string): string {
  return text
    .replace(/[\\`*_[\]<>|~]/g, '\\$&')
    .replace(/^[-+#]/, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2');
}

/**
 * Leaves out whole blocks from the end until the rest fits; each passage keeps its first. What introduces a list, a table or
 * code goes or stays together with it.
 */
function dropBlocks(
  blocks: readonly PassageBlock[],
  most: number,
  least: number,
  essential: ReadonlySet<Sentence>,
): PassageBlock[] {
  const kept = [...blocks];
  let left = wordsIn(kept);
  for (let index = kept.length - 1; index > 0 && left > most; index -= 1) {
    const block = kept[index];
    const previous = kept[index - 1];
    if (!block || !previous || block.kind === 'heading' || introduces(previous, block)) continue;
    if (previous.passageId !== block.passageId || previous.kind === 'heading') continue;
    const count = introduces(block, kept[index + 1]) ? 2 : 1;
    const going = kept.slice(index, index + count);
    if (going.some(({ sentences }) => sentences.some((sentence) => essential.has(sentence)))) continue;
    if (left - wordsIn(going) < Math.min(least, most)) continue;
    const dropped = kept.splice(index, count);
    left -= wordsIn(dropped);
  }
  return kept;
}

/** Whether a paragraph ends with the words that lead to the next block. */
function introduces(block: PassageBlock, next: PassageBlock | undefined): boolean {
  if (!next || next.kind === 'heading' || next.passageId !== block.passageId) return false;
  return block.sentences.at(-1)?.text.endsWith(':') ?? false;
}

/** Words of a lesson's text, headings apart. */
export function wordsIn(blocks: readonly PassageBlock[]): number {
  return blocks.reduce((sum, { kind, words }) => sum + (kind === 'heading' ? 0 : words), 0);
}
