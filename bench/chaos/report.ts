import {
  type CampaignResult,
  type EpisodeResult,
  KILL_RECOVERY_MOST_MS,
  recoveries,
  struckBy,
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
  const times = recoveries(results);
  const rows = [...struckBy(results)].map(([name, struck]) => {
    const own = times.get(name) ?? [];
    const { p50, p95, max } = timesOf(own);
    const figures = own.length === 0 ? ['–', '–', '–'] : [p50, p95, max].map(seconds);
    return `| ${[name, struck, own.length, ...figures].join(' | ')} |`;
  });
  return [
    `${summary.episodes} episodes, ${summary.faults} faults, ${summary.admitted} generations admitted: ${ended}`,
    `lost ${summary.lost}, duplicated ${summary.duplicated}, leaked ${summary.leaked}, over-admitted ${summary.overAdmitted}`,
    `recovery after kill -9 is to take at most ${seconds(KILL_RECOVERY_MOST_MS)}`,
    '',
    '| fault | struck | had to recover | p50 | p95 | worst |',
    '|---|---:|---:|---:|---:|---:|',
    ...rows,
  ].join('\n');
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
