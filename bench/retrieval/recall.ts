/** Something a learner may ask, and words that stand in the passage with the answer, and in no other. */
export interface Question {
  readonly question: string;
  readonly answer: string;
}

interface Text {
  readonly text: string;
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ');

/** The place, from 1, of the passage with the answer; null when it was not found. */
export function rankOf({ answer }: Question, found: readonly Text[]): number | null {
  const index = found.findIndex(({ text }) => oneLine(text).includes(oneLine(answer)));
  return index < 0 ? null : index + 1;
}

/** Share of the questions whose answer is among the first `k`, 0–1. */
export function recallAt(k: number, ranks: readonly (number | null)[]): number {
  return ranks.filter((rank) => rank !== null && rank <= k).length / ranks.length;
}

/** Mean of 1/rank, 0 for what was not found: how far up the answers stand. */
export function meanReciprocalRank(ranks: readonly (number | null)[]): number {
  return ranks.reduce<number>((sum, rank) => sum + (rank === null ? 0 : 1 / rank), 0) / ranks.length;
}
