import type { Activity, CheckStatusResponse } from '@megacampus/domain/api';
import { expect, test } from 'vitest';
import { estimate } from './estimate.ts';

const START = Date.parse('2026-01-01T00:00:00Z');
const at = (seconds: number) => new Date(START + seconds * 1_000).toISOString();

function statusOf(change: Partial<CheckStatusResponse> = {}): CheckStatusResponse {
  const steps = [1, 2, 3, 4, 5].map((id) => ({ id, started_at: at(0) }));
  const generationProgress = { current_step: 4, steps };
  return { queuePosition: null, isStuck: false, generationProgress, ...change } as CheckStatusResponse;
}

/** `done` of `total` lessons, one every ten seconds. */
function activityOf(done: number, total: number): Activity {
  const lessons = Array.from({ length: total }, (_, index) => ({
    position: index + 1,
    title: '',
    status: index < done ? ('completed' as const) : ('pending' as const),
    completedAt: index < done ? at((index + 1) * 10) : null,
  }));
  return { startedAt: at(0), lessons, incidents: [], recoveries: [] };
}
const pace = { samples: 3, beforeLessons: 5, perLesson: 20 };

test('by its own pace once two lessons are done', () => {
  expect(estimate(statusOf(), activityOf(4, 10), pace, START + 40_000)).toEqual({ seconds: 70, by: 'own' });
  expect(estimate(statusOf(), activityOf(4, 10), pace, START + 45_000)).toEqual({ seconds: 65, by: 'own' });
});

test('the last lesson taking long makes no time negative', () => {
  expect(estimate(statusOf(), activityOf(10, 10), pace, START + 900_000)?.seconds).toBe(0);
});

test('by the pace of others before, or not at all', () => {
  expect(estimate(statusOf(), activityOf(1, 10), pace, START)).toEqual({ seconds: 200, by: 'others' });
  expect(estimate(statusOf(), activityOf(1, 10), null, START)).toBeNull();
});

test('never while it waits, shows no life, or the number of lessons is unknown', () => {
  expect(estimate(statusOf({ queuePosition: 2 }), activityOf(4, 10), pace, START)).toBeNull();
  expect(estimate(statusOf({ isStuck: true }), activityOf(4, 10), pace, START)).toBeNull();
  expect(estimate(statusOf(), activityOf(0, 0), pace, START)).toBeNull();
  expect(estimate(statusOf(), null, pace, START)).toBeNull();
});
