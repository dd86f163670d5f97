import type { Chart } from './report/chart.ts';
import type { World } from './world.ts';

/** A number with what it is: latency in ms, rate per second, or another unit. `steps`: of ageing, see `jobPriority`. */
export interface Measured {
  readonly value: number;
  readonly unit: 'ms' | '/s' | 's' | 'ratio' | 'jobs' | 'steps';
  /** 95th percentile, in the same unit, where there are single samples. */
  readonly p95?: number;
}

/** What the ratio must be at least or at most; null: shown only. */
export type Target = { readonly atLeast: number } | { readonly atMost: number } | null;

/** One line of the report. `ratio` is the quotient that `target` is about, given by the measure. */
export interface Result {
  readonly name: string;
  readonly ours: Measured;
  readonly theirs: Measured | null;
  readonly ratio: number | null;
  readonly target: Target;
  /** What a reader must know to judge the line, such as what limits it. */
  readonly note?: string;
}

export interface Outcome {
  readonly results: readonly Result[];
  readonly charts: readonly Chart[];
}

export interface Measure {
  readonly name: string;
  readonly against: string;
  /** Called before the first measure runs: for what takes long and costs nothing meanwhile. */
  begin?(world: World, size: Size): void;
  run(world: World, size: Size): Promise<readonly Result[] | Outcome>;
}

/** How much to measure: `pick(quick, full)`. */
export interface Size {
  readonly quick: boolean;
  pick<T>(quick: T, full: T): T;
}

/** Whether a result meets its target; null where it has none. */
export function passes({ ratio, target }: Pick<Result, 'ratio' | 'target'>): boolean | null {
  if (target === null) return null;
  if (ratio === null || Number.isNaN(ratio)) return false;
  return 'atLeast' in target ? ratio >= target.atLeast : ratio <= target.atMost;
}
