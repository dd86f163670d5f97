import { expect, test } from 'vitest';
import type { Fault } from './plan/faults.ts';
import { planEpisode } from './plan/plan.ts';
import { describeCampaign } from './report.ts';
import { type EpisodeResult, type Strike, summarize } from './result.ts';
import { answer, refusal, strike } from './testing/evidence.ts';
import type { Answer } from './users.ts';

const during = { atMs: 0, lastsMs: 0 } as const;
const kill: Fault = { ...during, kind: 'kill', app: 'web-0' };
const killAt = (point: 'after reserve' | 'during reconcile'): Fault => ({
  ...{ ...during, kind: 'kill-at', point, fraction: 0, downMs: 0 },
});
const emptyAt: Fault = { ...during, kind: 'empty-redis', point: 'after reserve' };

function describe(faults: readonly Fault[], strikes: readonly Strike[], answers: readonly Answer[] = []): string[] {
  const result: EpisodeResult = {
    ...{ plan: { ...planEpisode('test', 1), faults }, answers, violations: [], strikes },
    ...{ endings: {}, restMs: 0, durationMs: 0 },
  };
  return describeCampaign(summarize([result]), [result]).split('\n');
}

test('the report tells how many faults were measured, overlapped or touched nothing', () => {
  const strikes = [
    strike('kill', { kind: 'recovered', ms: 2_000 }),
    ...[strike('kill', { kind: 'overlapped' }), strike('kill', { kind: 'overlapped' })],
    strike('kill-at', { kind: 'untouched' }, 'after reserve'),
  ];
  const lines = describe([kill, kill, kill, killAt('after reserve'), killAt('after reserve'), emptyAt], strikes);
  expect(lines).toContain('| kill | 5 | 4 | 1 | 2 | 0 | 1 | 2.0 s | 2.0 s | 2.0 s |');
  expect(lines).toContain('| emptyRedis | 1 | 0 | 0 | 0 | 0 | 0 | – | – | – |');
  expect(lines.join('\n')).not.toContain('NOT SOUND');
});

test('the report names the points at which faults were waiting and nobody came', () => {
  const faults = [killAt('after reserve'), emptyAt, killAt('during reconcile')];
  const lines = describe(faults, [strike('empty-redis', { kind: 'untouched' }, 'after reserve')]);
  expect(lines).toContain('| after reserve | 2 | 1 |');
  expect(lines).toContain('| during reconcile | 1 | 0 |');
  expect(lines).toContain('planned and never struck: during reconcile');
  expect(lines).toContain('NOT SOUND: of the kills that were planned none was measured');
  expect(describe([kill], []).join('\n')).not.toContain('never struck');
});

test('the report tells how often a limit was reached', () => {
  const limit = { tier: 'FREE', user_limit: 1, current_user_jobs: 1, global_limit: 2, current_global_jobs: 2 };
  const refused = (reason: string) => answer(refusal(429, 'No', { ...limit, reason }));
  const answers = [
    answer(),
    answer(refusal(429)),
    refused('user_limit'),
    refused('global_limit'),
    refused('global_limit'),
  ];
  expect(describe([], [], answers)).toContain("refused 1 at a user's limit, 2 at the global one");
});
