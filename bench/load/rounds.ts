import { median, percentile, ratioOfRounds } from './statistics.ts';

/** One side of a comparison. */
export interface Side {
  /** Runs one round and gives one number for each thing measured in it. */
  round(): Promise<readonly number[]>;
  /** Puts things back after a round; not measured. */
  after?(): Promise<unknown>;
}

export interface Samples {
  readonly all: readonly number[];
  /** The median of each round. */
  readonly rounds: readonly number[];
}

export interface Comparison {
  readonly ours: Samples;
  readonly theirs: Samples;
  /** The median over the rounds of ours ÷ theirs. */
  readonly ratio: number;
}

/**
 * Runs both sides in short rounds, in turn, each first in every second pair, so that neither always has the warmer
 * machine. The rounds of the warm-up do not count.
 */
export async function compare(
  sides: { readonly ours: Side; readonly theirs: Side },
  { rounds, warmUps = 1 }: { readonly rounds: number; readonly warmUps?: number },
): Promise<Comparison> {
  const found = { ours: [] as (readonly number[])[], theirs: [] as (readonly number[])[] };
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? (['ours', 'theirs'] as const) : (['theirs', 'ours'] as const)) {
      const samples = await sides[name].round();
      await sides[name].after?.();
      if (round >= 0) found[name].push(samples);
    }
  }
  const [ours, theirs] = [collect(found.ours), collect(found.theirs)];
  return { ours, theirs, ratio: ratioOfRounds(ours.rounds, theirs.rounds) };
}

function collect(rounds: readonly (readonly number[])[]): Samples {
  return { all: rounds.flat(), rounds: rounds.map(median) };
}

export function p50p95({ all }: Samples): { readonly p50: number; readonly p95: number } {
  return { p50: median(all), p95: percentile(all, 0.95) };
}

/** Milliseconds that `work` takes. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** Each of `count` pieces of work one after the other, in milliseconds. */
export async function oneByOne(count: number, work: (index: number) => Promise<unknown>): Promise<number[]> {
  const tookMs: number[] = [];
  for (let index = 0; index < count; index += 1) tookMs.push(await timed(() => work(index)));
  return tookMs;
}

export interface Load {
  readonly perSecond: number;
  readonly tookMs: number[];
}

/** `count` pieces of work, `inFlight` at a time: how many a second, and how long each took. */
export async function underLoad(
  count: number,
  inFlight: number,
  work: (index: number) => Promise<unknown>,
): Promise<Load> {
  const tookMs: number[] = [];
  let next = 0;
  const client = async () => {
    for (let index = next++; index < count; index = next++) tookMs.push(await timed(() => work(index)));
  };
  const totalMs = await timed(() => Promise.all(Array.from({ length: inFlight }, client)));
  return { perSecond: (count / totalMs) * 1000, tookMs };
}
