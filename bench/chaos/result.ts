import type { Recovery } from './check/recovery.ts';
import type { Category, Violation } from './check/violation.ts';
import type { FaultKind } from './plan/faults.ts';
import type { EpisodePlan } from './plan/plan.ts';
import type { Answer } from './users.ts';

export interface EpisodeResult {
  readonly plan: EpisodePlan;
  readonly answers: readonly Answer[];
  readonly violations: readonly Violation[];
  /** The faults that found something to strike. */
  readonly strikes: readonly { readonly kind: FaultKind; readonly recovery: Recovery }[];
  /** How generations ended, by status; `deleted` with their course. */
  readonly endings: Readonly<Record<string, number>>;
  /** From healing until nothing was going on any more. */
  readonly restMs: number;
  readonly durationMs: number;
}

export interface Times {
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

/** The kinds as the result names them; a kill at a named point is a kill. */
const NAMES = {
  kill: 'kill',
  'kill-at': 'kill',
  freeze: 'freeze',
  'kill-server': 'killServer',
  'restart-server': 'restartServer',
  'freeze-server': 'freezeServer',
  'empty-redis': 'emptyRedis',
  cut: 'cut',
  delay: 'delay',
  'lose-answers': 'loseAnswers',
  clock: 'clock',
} as const satisfies Record<FaultKind, string>;

export type RecoveryName = (typeof NAMES)[FaultKind];

export interface CampaignResult {
  readonly episodes: number;
  /** Those that struck something. */
  readonly faults: number;
  /** Generations that were answered with 200, each once. */
  readonly admitted: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly leaked: number;
  readonly overAdmitted: number;
  /** By kind of fault; a kind after which nothing ever had to recover is missing. */
  readonly recoveryMs: Partial<Record<RecoveryName, Times>>;
}

export function summarize(results: readonly EpisodeResult[]): CampaignResult {
  const count = (wanted: Category) =>
    results.flatMap(({ violations }) => violations).filter(({ category }) => category === wanted).length;
  const admitted = new Set(results.flatMap(({ answers }) => answers.flatMap(({ generationId }) => generationId ?? [])));
  return {
    episodes: results.length,
    faults: results.reduce((sum, { strikes }) => sum + strikes.length, 0),
    admitted: admitted.size,
    ...{ lost: count('lost'), duplicated: count('duplicated'), leaked: count('leaked') },
    overAdmitted: count('overAdmitted'),
    recoveryMs: Object.fromEntries([...recoveries(results)].map(([name, times]) => [name, timesOf(times)])),
  };
}

/** Recovery times by the name of the kind, of faults that hurt something and were alone while it lasted. */
export function recoveries(results: readonly EpisodeResult[]): Map<RecoveryName, number[]> {
  const times = new Map<RecoveryName, number[]>();
  for (const { kind, recovery } of results.flatMap(({ strikes }) => strikes)) {
    if (recovery.kind !== 'recovered') continue;
    times.set(NAMES[kind], [...(times.get(NAMES[kind]) ?? []), recovery.ms]);
  }
  return times;
}

export function struckBy(results: readonly EpisodeResult[]): Map<RecoveryName, number> {
  const counts = new Map<RecoveryName, number>();
  for (const { kind } of results.flatMap(({ strikes }) => strikes)) {
    counts.set(NAMES[kind], (counts.get(NAMES[kind]) ?? 0) + 1);
  }
  return counts;
}

export function timesOf(values: readonly number[]): Times {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

/** Contract §7: what a killed process had in hand is running again, and slots of ended generations are free, by then. */
export const KILL_RECOVERY_MOST_MS = 15_000;

export function isSound({ lost, duplicated, leaked, overAdmitted, recoveryMs }: CampaignResult): boolean {
  const inTime = (recoveryMs.kill?.max ?? 0) <= KILL_RECOVERY_MOST_MS;
  return lost + duplicated + leaked + overAdmitted === 0 && inTime;
}
