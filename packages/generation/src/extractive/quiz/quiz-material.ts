import type { Brief } from '@megacampus/domain/course';
import type { QuizQuestion } from '../../engine.ts';
import type { Lexicon } from '../../language/words.ts';
import { leansOnPrevious, statementScores } from '../centrality.ts';
import { type Definition, definitionsIn } from '../definitions.ts';
import type { PassageBlock, Sentence } from '../passage-blocks.ts';
import { type Texts, textsFor } from '../texts.ts';
import { createRandom, type Random } from './random.ts';

/** What questions are made of. Sentences are of the lesson as it is shown, so that every key is supported by it. */
export interface QuizMaterial {
  readonly blocks: readonly PassageBlock[];
  /** Blocks of other lessons. */
  readonly context: readonly PassageBlock[];
  /** Sentences that can stand alone, the best first. */
  readonly statements: readonly Sentence[];
  readonly definitions: readonly Definition[];
  /** Definitions of the lesson and of its context. */
  readonly allDefinitions: readonly Definition[];
  /** Topics of the whole course. */
  readonly terms: readonly string[];
  readonly lexicon: Lexicon;
  readonly texts: Texts;
  readonly random: Random;
}

/** A question and the source sentences that it uses up. */
export interface Draft {
  readonly question: QuizQuestion;
  readonly uses: readonly Sentence[];
}

/** Makes one question, or none; never from a sentence in `used`. */
export type QuestionMaker = (material: QuizMaterial, used: ReadonlySet<Sentence>) => Draft | null;

export interface QuizInput {
  readonly blocks: readonly PassageBlock[];
  readonly context: readonly PassageBlock[];
  readonly brief: Brief;
  readonly lexicon: Lexicon;
  readonly terms: readonly string[];
  readonly seed: string;
}

/** Longest sentence that a question is made of, in characters. */
const STATEMENT_LENGTH = 320;

/** Telling words of a sentence that says something of its own. */
const STATEMENT_STEMS = 4;

/** Speaks of another place of its book. */
const REFERS =
  /→|(?<!\p{L})(?:см\.|раздел[\p{L}]* \d|глав[\p{L}]* \d|как сказано|ниже|выше|see (?:below|above|section|chapter|figure)|section \d|chapter \d|(?:mentioned|described|shown|seen) (?:above|below|earlier))/iu;

/** From a capital (in writing that has them) to its full stop, with every bracket and quotation mark closed. */
function isWhole(text: string): boolean {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  return (
    /^[«“"(]?[^\p{Ll}\s\p{P}]/u.test(text) &&
    /[.!…。！।]$/u.test(text) &&
    count(/[(«“]/g) === count(/[)»”]/g) &&
    !REFERS.test(text)
  );
}

export function quizMaterial({ blocks, context, brief, lexicon, terms, seed }: QuizInput): QuizMaterial {
  const definitions = definitionsIn(blocks, lexicon);
  return {
    blocks,
    context,
    statements: statementsOf(blocks, lexicon),
    definitions,
    allDefinitions: [...definitions, ...definitionsIn(context, lexicon)],
    terms,
    lexicon,
    texts: textsFor(brief.language),
    random: createRandom(seed),
  };
}

function statementsOf(blocks: readonly PassageBlock[], { language }: Lexicon): Sentence[] {
  const sentences = blocks.flatMap((block) => (block.kind === 'paragraph' ? block.sentences : []));
  const scores = statementScores(sentences, language);
  return sentences
    .map((sentence, index) => ({ sentence, score: scores[index] ?? 0 }))
    .filter(({ sentence: { text, words } }) => words >= 6 && text.length <= STATEMENT_LENGTH && isWhole(text))
    .filter(
      ({ sentence: { text, stems } }) => new Set(stems).size >= STATEMENT_STEMS && !leansOnPrevious(text, language),
    )
    .sort((a, b) => b.score - a.score)
    .map(({ sentence }) => sentence);
}

/** A single-choice question with its options in a repeatable order; null when there are too few of them. */
export function choice(
  material: QuizMaterial,
  {
    prompt,
    right,
    wrong,
    explanation,
    uses,
  }: {
    prompt: string;
    right: readonly string[];
    wrong: readonly string[];
    explanation: string;
    uses: readonly Sentence[];
  },
): Draft | null {
  const options = material.random.shuffle(distinct([...right, ...wrong]));
  if (wrong.length === 0 || options.length !== right.length + wrong.length) return null;
  const answer = options.flatMap((option, index) => (right.includes(option) ? index : []));
  return { question: { kind: right.length === 1 ? 'single' : 'multiple', prompt, options, answer, explanation }, uses };
}

/** Without repeats that differ in case alone. */
export function distinct(options: readonly string[]): string[] {
  const seen = new Set<string>();
  return options.filter((option) => {
    const folded = option.trim().toLowerCase();
    if (folded === '' || seen.has(folded)) return false;
    seen.add(folded);
    return true;
  });
}
