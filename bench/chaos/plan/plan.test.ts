import { expect, test } from 'vitest';
import type { Fault } from './faults.ts';
import { globalLimitFor, MOST_COURSES, planEpisode, USERS, WINDOW_MS } from './plan.ts';
import { POINT_NAMES } from './points.ts';

const plans = Array.from({ length: 400 }, (_, number) => planEpisode('seed', number));

test('a seed and a number always give the same episode, and others another one', () => {
  expect(planEpisode('seed', 7)).toEqual(plans[7]);
  expect(planEpisode('seed', 8).actions).not.toEqual(plans[7]?.actions);
  expect(planEpisode('other', 7).actions).not.toEqual(plans[7]?.actions);
});

test('a small episode has no more courses than asked for, and nothing is done to others', () => {
  for (const { courses, actions } of Array.from({ length: 50 }, (_, number) => planEpisode('seed', number, 2))) {
    expect(courses.length).toBeLessThanOrEqual(2);
    expect(actions.every(({ course }) => course < courses.length)).toBe(true);
  }
});

test('however many courses there are, they are more than may be in flight; with the usual ones five may', () => {
  expect([MOST_COURSES, 6, 5, 3, 2].map(globalLimitFor)).toEqual([5, 5, 4, 2, 1]);
  expect(globalLimitFor(1)).toBe(1);
});

test('every episode has one to three faults and something to admit, within its time', () => {
  for (const { faults, actions, courses } of plans) {
    expect(faults.length).toBeGreaterThanOrEqual(1);
    expect(faults.length).toBeLessThanOrEqual(3);
    expect(actions.some(({ kind }) => kind === 'admit')).toBe(true);
    for (const { atMs } of [...faults, ...actions]) expect(atMs).toBeLessThanOrEqual(2 * WINDOW_MS);
    for (const { user } of courses) expect(USERS[user]).toBeDefined();
  }
});

test('over many episodes every kind of fault strikes, and every named point is tried', () => {
  const faults = plans.flatMap((plan) => plan.faults);
  const kinds: Fault['kind'][] = [
    ...(['kill', 'kill-at', 'freeze', 'kill-server', 'restart-server', 'freeze-server'] as const),
    ...(['empty-redis', 'cut', 'delay', 'lose-answers', 'clock'] as const),
  ];
  expect(new Set(faults.map(({ kind }) => kind))).toEqual(new Set(kinds));
  const points = faults.flatMap((fault) => (fault.kind === 'kill-at' ? [fault.point] : []));
  expect(new Set(points)).toEqual(new Set(POINT_NAMES));
});

test('users of every tier admit, cancel, throw away, delete and rewrite', () => {
  const tiers = plans.flatMap(({ courses }) => courses.map(({ user }) => USERS[user]));
  expect(new Set(tiers)).toEqual(new Set(USERS));
  const kinds = plans.flatMap(({ actions }) => actions.map(({ kind }) => kind));
  expect(new Set(kinds)).toEqual(new Set(['admit', 'cancel', 'delete', 'rewrite', 'trash']));
});
