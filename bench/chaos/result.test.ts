import { expect, test } from 'vitest';
import type { Category } from './check/violation.ts';
import { planEpisode } from './plan/plan.ts';
import { type EpisodeResult, isSound, summarize, thrownAway, timesOf } from './result.ts';
import { answer, refusal, strike } from './testing/evidence.ts';

function episode(changes: Partial<EpisodeResult> = {}): EpisodeResult {
  return {
    plan: { ...planEpisode('test', 1), faults: [] },
    answers: [answer(), answer({ alreadyRunning: true }), answer(refusal(429))],
    ...{ violations: [], strikes: [], endings: { completed: 1 }, restMs: 0, durationMs: 0 },
    ...changes,
  };
}
const violation = (category: Category) => ({ category, text: '', mayPass: false });
const killed = (ms: number) => strike('kill', { kind: 'recovered', ms });

test('the result has exactly the fields of the issue, and counts an admission once', () => {
  const at = strike('kill-at', { kind: 'recovered', ms: 3_000 }, 'after reserve');
  const cut = strike('cut', { kind: 'untouched' });
  expect(summarize([episode({ strikes: [killed(1_000), at, cut] })])).toEqual({
    ...{ episodes: 1, faults: 3, admitted: 1, lost: 0, duplicated: 0, leaked: 0, overAdmitted: 0 },
    recoveryMs: { kill: { p50: 1_000, p95: 3_000, max: 3_000 } },
  });
});

test.for(['lost', 'duplicated', 'leaked', 'overAdmitted'] as const)(
  'one thing %s makes a campaign unsound',
  (category) => {
    const results = [episode(), episode({ violations: [violation(category)] })];
    expect(summarize(results)[category]).toBe(1);
    expect([isSound([episode()]), isSound(results)]).toEqual([true, false]);
  },
);

test('a kill that is not over after 15 s makes a campaign unsound', () => {
  expect(isSound([episode({ strikes: [killed(15_000)] })])).toBe(true);
  expect(isSound([episode({ strikes: [killed(15_001)] })])).toBe(false);
  const never = strike('kill-at', { kind: 'never' }, 'after reserve');
  expect(isSound([episode({ strikes: [killed(1), never] })])).toBe(false);
});

test('a campaign that was to kill and has measured no kill is unsound', () => {
  const kill = { atMs: 0, lastsMs: 0, kind: 'kill', app: 'web-0' } as const;
  const planned = { plan: { ...planEpisode('test', 1), faults: [kill] } };
  const unmeasured = [strike('kill', { kind: 'overlapped' }), strike('kill', { kind: 'untouched' })];
  expect(isSound([episode(planned)])).toBe(false);
  expect(isSound([episode({ ...planned, strikes: unmeasured })])).toBe(false);
  expect(isSound([episode({ ...planned, strikes: [...unmeasured, killed(1)] })])).toBe(true);
});

test('a campaign in which no course that was to be is ever thrown away is unsound', () => {
  const told = (text: string) => answer({ kind: 'trash', body: `1:"${text}"`, generationId: null });
  const tried = (text: string, times: number) => episode({ answers: Array.from({ length: times }, () => told(text)) });
  expect(isSound([tried('failed', 9)])).toBe(true);
  expect(isSound([tried('failed', 10)])).toBe(false);
  expect(isSound([tried('failed', 10), tried('trashed', 1)])).toBe(true);
  expect(thrownAway([tried('trashed', 2), tried('failed', 1)])).toBe(1);
});

test('a point that is waited for again and again and never passed makes a campaign unsound', () => {
  const fault = { atMs: 0, lastsMs: 0, kind: 'kill-at', point: 'after reserve', fraction: 0.5, downMs: 0 } as const;
  const plan = (times: number) => ({ ...planEpisode('test', 1), faults: Array.from({ length: times }, () => fault) });
  expect(isSound([episode({ plan: plan(9), strikes: [killed(1)] })])).toBe(true);
  expect(isSound([episode({ plan: plan(10), strikes: [killed(1)] })])).toBe(false);
  const at = strike('kill-at', { kind: 'recovered', ms: 1 }, 'after reserve');
  expect(isSound([episode({ plan: plan(10), strikes: [at] })])).toBe(true);
});

test('percentiles are values that occurred', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
  expect(timesOf(hundred)).toEqual({ p50: 50, p95: 95, max: 100 });
  expect(timesOf([4])).toEqual({ p50: 4, p95: 4, max: 4 });
});
