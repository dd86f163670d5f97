import { errorBodySchema, type LimitDetails, limitDetailsSchema } from '@megacampus/domain/api';
import type { Recovery } from './check/recovery.ts';
import type { Category, Violation } from './check/violation.ts';
import { type FaultKind, pointOf } from './plan/faults.ts';
import type { EpisodePlan } from './plan/plan.ts';
import { POINT_NAMES, type PointName } from './plan/points.ts';
import { type Answer, trashOutcome } from './users.ts';

/** A fault that found something to strike. */
export interface Strike {
  readonly kind: FaultKind;
  /** Null: not at one. */
  readonly point: PointName | null;
  readonly recovery: Recovery;
}

export interface EpisodeResult {
  readonly plan: EpisodePlan;
  readonly answers: readonly Answer[];
  readonly violations: readonly Violation[];
  readonly strikes: readonly Strike[];
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
export const NAMES = {
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

type RecoveryName = (typeof NAMES)[FaultKind];

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
function recoveries(results: readonly EpisodeResult[]): Map<RecoveryName, number[]> {
  const times = new Map<RecoveryName, number[]>();
  for (const { kind, recovery } of results.flatMap(({ strikes }) => strikes)) {
    if (recovery.kind !== 'recovered') continue;
    times.set(NAMES[kind], [...(times.get(NAMES[kind]) ?? []), recovery.ms]);
  }
  return times;
}

/** Requests that were refused because the limit was reached. */
export function refusals(results: readonly EpisodeResult[], reason: LimitDetails['reason']): number {
  const details = results
    .flatMap(({ answers }) => answers)
    .map(({ body }) => limitDetailsSchema.safeParse(errorBodySchema.safeParse(body).data?.details).data);
  return details.filter((limit) => limit?.reason === reason).length;
}

/** Courses that users were told are in the trash. */
export function thrownAway(results: readonly EpisodeResult[]): number {
  const told = results.flatMap(({ answers }) => answers).filter((answer) => trashOutcome(answer) === 'trashed');
  return new Set(told.map(({ courseId }) => courseId)).size;
}

export function timesOf(values: readonly number[]): Times {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

/** Contract §7: what a killed process had in hand is running again, and slots of ended generations are free, by then. */
export const KILL_RECOVERY_MOST_MS = 15_000;

/** How often each named point was planned to be struck, and was. */
export function pointCounts(results: readonly EpisodeResult[]) {
  const planned = results.flatMap(({ plan }) => plan.faults);
  const strikes = results.flatMap(({ strikes }) => strikes);
  return POINT_NAMES.map((name) => ({
    name,
    planned: planned.filter((fault) => pointOf(fault) === name).length,
    struck: strikes.filter(({ point }) => point === name).length,
  })).filter((count) => count.planned > 0);
}

/** What was tried so often and never happened, a point that is never passed above all, is not recognised any more. */
const TRIED_ENOUGH = 10;

/** Why the campaign proves nothing, or the contrary; empty: it is sound. */
export function objectionsTo(results: readonly EpisodeResult[]): string[] {
  const { lost, duplicated, leaked, overAdmitted } = summarize(results);
  const kills = results.flatMap(({ strikes }) => strikes).filter(({ kind }) => NAMES[kind] === 'kill');
  const measured = kills.flatMap(({ recovery }) => (recovery.kind === 'recovered' ? [recovery.ms] : []));
  const late = measured.filter((ms) => ms > KILL_RECOVERY_MOST_MS).length;
  const never = kills.filter(({ recovery }) => recovery.kind === 'never').length;
  const isKillPlanned = results.some(({ plan }) => plan.faults.some(({ kind }) => NAMES[kind] === 'kill'));
  const triedToTrash = results.flatMap(({ answers }) => answers).filter(({ kind }) => kind === 'trash').length;
  const violations = lost + duplicated + leaked + overAdmitted;
  return [
    ...(violations > 0 ? [`${violations} violations`] : []),
    ...(late > 0 ? [`${late} kills took longer to recover from than ${KILL_RECOVERY_MOST_MS / 1_000} s`] : []),
    ...(never > 0 ? [`${never} kills were never recovered from`] : []),
    ...pointCounts(results)
      .filter(({ planned, struck }) => planned >= TRIED_ENOUGH && struck === 0)
      .map(({ name, planned }) => `nobody ever passed "${name}", which was waited for ${planned} times`),
    ...(triedToTrash >= TRIED_ENOUGH && thrownAway(results) === 0
      ? [`of ${triedToTrash} tries to throw a course away none was answered with yes`]
      : []),
    ...(isKillPlanned && measured.length === 0 ? ['of the kills that were planned none was measured'] : []),
  ];
}

export const isSound = (results: readonly EpisodeResult[]): boolean => objectionsTo(results).length === 0;
