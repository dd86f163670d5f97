import type { Fault, FaultKind } from './plan/faults.ts';
import {
  type CampaignResult,
  type EpisodeResult,
  KILL_RECOVERY_MOST_MS,
  NAMES,
  objectionsTo,
  pointCounts,
  refusals,
  thrownAway,
  timesOf,
} from './result.ts';

export function describeEpisode({ plan, strikes, endings, violations, restMs, durationMs }: EpisodeResult): string {
  const ended = Object.entries(endings).map(([status, count]) => `${count} ${status}`);
  const times = strikes.map(({ kind, recovery }) =>
    recovery.kind === 'recovered' ? `${kind} ${seconds(recovery.ms)}` : `${kind} ${recovery.kind}`,
  );
  const line = [
    `${plan.seed} episode ${plan.number}: ${violations.length === 0 ? 'ok' : 'VIOLATED'}`,
    ended.join(', ') || 'nothing ran',
    times.join(', ') || 'no fault struck',
    `at rest ${seconds(restMs)} after healing, ${seconds(durationMs)} in all`,
  ].join('; ');
  return [line, ...violations.map(({ category, text }) => `  ${category}: ${text}`)].join('\n');
}

export function describeCampaign(summary: CampaignResult, results: readonly EpisodeResult[]): string {
  const endings = new Map<string, number>();
  for (const [status, count] of results.flatMap((result) => Object.entries(result.endings))) {
    endings.set(status, (endings.get(status) ?? 0) + count);
  }
  const ended = [...endings].map(([status, count]) => `${count} ${status}`).join(', ');
  return [
    `${summary.episodes} episodes, ${summary.faults} faults, ${summary.admitted} generations admitted: ${ended}`,
    `lost ${summary.lost}, duplicated ${summary.duplicated}, leaked ${summary.leaked}, over-admitted ${summary.overAdmitted}`,
    `refused ${refusals(results, 'user_limit')} at a user's limit, ${refusals(results, 'global_limit')} at the global one`,
    `thrown away ${thrownAway(results)} courses`,
    `recovery after kill -9 is to take at most ${seconds(KILL_RECOVERY_MOST_MS)}`,
    ...['', ...faultTable(results)],
    ...['', ...pointTable(results)],
    ...objectionsTo(results).map((objection) => `NOT SOUND: ${objection}`),
  ].join('\n');
}

/** What became of the faults of each kind: only one that hurt something, alone, tells how long recovery takes. */
function faultTable(results: readonly EpisodeResult[]): string[] {
  const { planned, strikes } = all(results);
  const rows = [...new Set(Object.values(NAMES))].flatMap((name) => {
    const isOfKind = ({ kind }: { readonly kind: FaultKind }) => NAMES[kind] === name;
    const own = strikes.filter(isOfKind).map(({ recovery }) => recovery);
    const count = (kind: (typeof own)[number]['kind']) => own.filter((recovery) => recovery.kind === kind).length;
    const times = own.flatMap((recovery) => (recovery.kind === 'recovered' ? [recovery.ms] : []));
    const { p50, p95, max } = timesOf(times);
    const figures = times.length === 0 ? ['–', '–', '–'] : [p50, p95, max].map(seconds);
    const counts = [planned.filter(isOfKind).length, own.length, count('untouched'), count('overlapped')];
    return counts[0] === 0 ? [] : [row([name, ...counts, count('never'), times.length, ...figures])];
  });
  return [
    '| fault | planned | struck | touched nothing | overlapped | never over | measured | p50 | p95 | worst |',
    '|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|',
    ...rows,
  ];
}

/** How often somebody passed a point at which a fault was waiting. One that is never passed is perhaps not recognised. */
function pointTable(results: readonly EpisodeResult[]): string[] {
  const counts = pointCounts(results);
  const missed = counts.filter(({ struck }) => struck === 0).map(({ name }) => name);
  return [
    '| point | planned | struck |',
    '|---|---:|---:|',
    ...counts.map(({ name, planned, struck }) => row([name, planned, struck])),
    ...(missed.length === 0 ? [] : ['', `planned and never struck: ${missed.join(', ')}`]),
  ];
}

function all(results: readonly EpisodeResult[]) {
  const planned: Fault[] = results.flatMap(({ plan }) => plan.faults);
  return { planned, strikes: results.flatMap(({ strikes }) => strikes) };
}

const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
