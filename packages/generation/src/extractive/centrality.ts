import { type Favour, gainOf } from './favours.ts';
import type { Sentence } from './passage-blocks.ts';

/** How often each stem occurs. */
export type Frequencies = ReadonlyMap<string, number>;

export function frequenciesOf(stems: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return counts;
}

/** Cosine of two bags of stems, 0–1. */
export function cosine(one: Frequencies, other: Frequencies): number {
  const [small, large] = one.size <= other.size ? [one, other] : [other, one];
  let dot = 0;
  for (const [stem, count] of small) dot += count * (large.get(stem) ?? 0);
  return dot === 0 ? 0 : dot / (norm(one) * norm(other));
}

const norms = new WeakMap<Frequencies, number>();

/** Remembered: a bag is complete before it is compared for the first time. */
function norm(bag: Frequencies): number {
  const known = norms.get(bag);
  if (known !== undefined) return known;
  let sum = 0;
  for (const count of bag.values()) sum += count * count;
  norms.set(bag, Math.sqrt(sum));
  return Math.sqrt(sum);
}

/** Above this many sentences the quadratic graph gives way to the distance from the whole. */
const GRAPH_LIMIT = 150;
const DAMPING = 0.85;
const ROUNDS = 20;

/**
 * How central each text is among all of them, 0–1: TextRank over shared stems (Mihalcea and Tarau, 2004), for long
 * inputs the likeness to the bag of all stems.
 */
function centrality(texts: readonly { readonly stems: readonly string[] }[]): number[] {
  const bags = texts.map(({ stems }) => frequenciesOf(stems));
  if (texts.length > GRAPH_LIMIT) {
    const whole = frequenciesOf(texts.flatMap(({ stems }) => stems));
    return scaled(bags.map((bag) => cosine(bag, whole)));
  }
  const weights = bags.map((bag, row) => bags.map((other, column) => (row === column ? 0 : overlap(bag, other))));
  const sums = weights.map((row) => row.reduce((sum, weight) => sum + weight, 0));
  let ranks = bags.map(() => 1);
  for (let round = 0; round < ROUNDS; round += 1) {
    ranks = bags.map((_, row) => {
      const votes = ranks.reduce((sum, rank, column) => {
        const weight = weights[column]?.[row] ?? 0;
        return weight === 0 ? sum : sum + (rank * weight) / (sums[column] ?? 1);
      }, 0);
      return 1 - DAMPING + DAMPING * votes;
    });
  }
  return scaled(ranks);
}

function overlap(one: Frequencies, other: Frequencies): number {
  let shared = 0;
  for (const stem of one.keys()) if (other.has(stem)) shared += 1;
  return shared === 0 ? 0 : shared / (Math.log(one.size + 1) + Math.log(other.size + 1));
}

function scaled(values: readonly number[]): number[] {
  const largest = Math.max(...values, 0);
  return values.map((value) => (largest === 0 ? 0 : value / largest));
}

// A sentence that opens so leans on the one before it and can't stand alone.
const LEANING: Readonly<Record<string, RegExp>> = {
  ru: /^(?:это|этот|эта|эти|этого|этой|этим|этих|такой|такая|такое|такие|так|он|она|оно|они|его|её|их|ему|ей|им|там|тогда|поэтому|потому|затем|потом|однако|но|а|и|же|также|кроме|при этом|в этом|для этого|после этого|из-за этого|например|иначе|первый|второй|третий|следующий|рассмотрим|создадим|тем|такое|сокращённо|отсюда|значит|лишь|вот|включая|причём|наконец|действительно|впрочем|к счастью|на самом деле|в частности|в других случаях|последний|последняя|второй|вторая|другой|другая|другие|[\p{L}-]+\s(?:это|этот|эта|он|она|оно|они|его|её|их|ему)|если это не)(?=[\s,])/iu,
  en: /^(?:this|that|these|those|it|its|he|she|they|their|his|her|such|so|therefore|thus|hence|however|but|and|or|then|also|moreover|besides|for example|for instance|otherwise|consider|let us|the following|after that|from now|here|there|instead|yet|in this|without it|the former|the latter|both|another|to see|they|if not|if so|indeed|finally|fortunately|unfortunately|in particular|in fact|including|the second|the last|the third|as such|note that|(?:if|when|once|while|since|as|because|although|though|unless|where|with|by|for|of|in|on|from|to) (?:it|this|that|they|these|those|them|he|she))\b/i,
};

/** Whether a sentence is understood only after the one before it. */
export function leansOnPrevious(text: string, language: string): boolean {
  return LEANING[language]?.test(text) ?? false;
}

/** How good each sentence is as a statement of its own: central, complete, neither short nor long. */
export function statementScores(sentences: readonly Sentence[], language: string): number[] {
  const central = centrality(sentences);
  return sentences.map(({ text, words }, index) => {
    let score = central[index] ?? 0;
    if (leansOnPrevious(text, language)) score -= 0.6;
    if (/[?:]$/.test(text) || !/[.!…»”"]$/.test(text)) score -= 0.8;
    if (words < 6) score -= 0.5;
    if (words > 38) score -= 0.3;
    if (/(?<!\p{L})(?:вы|вам|ваш\p{L}*|мы|нам|you|your|we|us|our)(?!\p{L})/iu.test(text)) score -= 0.2;
    if (/(?:[—–-] это | is an? | are | называ| called )/u.test(text)) score += 0.3;
    if (/(?:рис|табл|fig|table)\.? ?\d/iu.test(text)) score -= 0.4;
    return score;
  });
}

/** The best `limit` statements in reading order, no two of them saying nearly the same; of a favoured kind first. */
export function keyStatements(
  sentences: readonly Sentence[],
  language: string,
  limit: number,
  favours: Favour | null = null,
): Sentence[] {
  const own = statementScores(sentences, language);
  const scores = sentences.map((sentence, index) => (own[index] ?? 0) + gainOf(sentence, favours));
  const ranked = sentences.map((_, index) => index).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  const chosen: number[] = [];
  for (const index of ranked) {
    if (chosen.length >= limit || (chosen.length > 0 && (scores[index] ?? 0) < 0)) break;
    const bag = frequenciesOf(sentences[index]?.stems ?? []);
    const repeats = chosen.some((other) => cosine(bag, frequenciesOf(sentences[other]?.stems ?? [])) > 0.6);
    if (!repeats) chosen.push(index);
  }
  return chosen.sort((a, b) => a - b).flatMap((index) => sentences[index] ?? []);
}
