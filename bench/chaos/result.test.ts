import { expect, test } from 'vitest';
import type { Category } from './check/violation.ts';
import { planEpisode } from './plan/plan.ts';
import { type EpisodeResult, isSound, summarize, timesOf } from './result.ts';
import { answer } from './testing/evidence.ts';

function episode(changes: Partial<EpisodeResult> = {}): EpisodeResult {
  return {
    plan: planEpisode('test', 1),
    answers: [answer(), answer({ alreadyRunning: true }), answer({ status: 429, generationId: null })],
    ...{ violations: [], strikes: [], endings: { completed: 1 }, restMs: 0, durationMs: 0 },
    ...changes,
  };
}
const violation = (category: Category) => ({ category, text: '', mayPass: false });
const killed = (ms: number) => ({ kind: 'kill' as const, recovery: { kind: 'recovered' as const, ms } });

test('the result has exactly the fields of the issue, and counts an admission once', () => {
  const at = { kind: 'kill-at' as const, recovery: { kind: 'recovered' as const, ms: 3_000 } };
  const cut = { kind: 'cut' as const, recovery: { kind: 'untouched' as const } };
  expect(summarize([episode({ strikes: [killed(1_000), at, cut] })])).toEqual({
    ...{ episodes: 1, faults: 3, admitted: 1, lost: 0, duplicated: 0, leaked: 0, overAdmitted: 0 },
    recoveryMs: { kill: { p50: 1_000, p95: 3_000, max: 3_000 } },
  });
});

test.for(['lost', 'duplicated', 'leaked', 'overAdmitted'] as const)(
  'one thing %s makes a campaign unsound',
  (category) => {
    const result = summarize([episode(), episode({ violations: [violation(category)] })]);
    expect(result[category]).toBe(1);
    expect(isSound(result)).toBe(false);
  },
);

test('a kill that is not over after 15 s makes a campaign unsound', () => {
  expect(isSound(summarize([episode({ strikes: [killed(15_000)] })]))).toBe(true);
  expect(isSound(summarize([episode({ strikes: [killed(15_001)] })]))).toBe(false);
});

test('percentiles are values that occurred', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
  expect(timesOf(hundred)).toEqual({ p50: 50, p95: 95, max: 100 });
  expect(timesOf([4])).toEqual({ p50: 4, p95: 4, max: 4 });
});
