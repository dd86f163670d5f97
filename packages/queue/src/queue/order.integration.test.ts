import { type TIERS, tierPolicy } from '@megacampus/domain/tiers';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { beforeEach, expect, it } from 'vitest';
import type { Keys } from '../keys.ts';
import { analysisJob, connectForTest, testKeys } from '../testing/fixtures.ts';
import { recorder, startWorker } from '../testing/start-worker.ts';
import { AGING_BOUND_MS, type CourseQueue, createCourseQueue, jobPriority } from './queue.ts';

/*
 * The order in which a worker really runs jobs, one at a time: BullMQ serves the smaller number first, and a test of
 * the number alone would not notice it turned round.
 */
const redis = connectForTest();
let keys: Keys;
let queue: CourseQueue;
beforeEach(() => {
  keys = testKeys();
  queue = createCourseQueue(redis, keys);
});

type Tier = (typeof TIERS)[number];
const job = (tier: Tier, waitedMs = 0) => ({
  tier,
  ...analysisJob(jobPriority(tierPolicy(tier).weight, waitedMs), { tier }),
});

async function runAll(count: number): Promise<string[]> {
  const { ran, processor } = recorder();
  startWorker(keys, processor, { concurrency: 1 });
  await waitFor(() => ran.length === count, { what: `${count} jobs to run` });
  return ran;
}

it('runs PREMIUM first and FREE last, and within a weight first come, first served', async () => {
  const added = (
    [
      'FREE',
      'TRIAL',
      'PREMIUM',
      'BASIC',
      'STANDARD',
      'FREE',
      'STANDARD',
      'PREMIUM',
      'TRIAL',
      'BASIC',
      'PREMIUM',
      'FREE',
    ] as const
  ).map((tier) => job(tier));
  for (const one of added) await queue.add(one);

  const ran = await runAll(added.length);

  const tierOf = new Map(added.map(({ id, tier }) => [id, tier]));
  const byWeight = added.toSorted((a, b) => tierPolicy(b.tier).weight - tierPolicy(a.tier).weight);
  expect(ran).toEqual(byWeight.map(({ id }) => id));
  expect(tierOf.get(ran.at(0) ?? '')).toBe('PREMIUM');
  expect(tierOf.get(ran.at(-1) ?? '')).toBe('FREE');
});

it('keeps the order of jobs added together', async () => {
  const added = Array.from({ length: 20 }, () => job('BASIC'));
  await queue.addMany(added);
  expect(await runAll(added.length)).toEqual(added.map(({ id }) => id));
});

it('tells each waiting job its place in that order', async () => {
  const [free, premium, basic] = [job('FREE'), job('PREMIUM'), job('BASIC')];
  for (const one of [free, premium, basic]) await queue.add(one);
  const places = await Promise.all([premium, basic, free].map(({ id }) => queue.position(id)));
  expect(places).toEqual([1, 2, 3]);
  expect(await queue.position('none')).toBeNull();
});

it('lets nobody starve: after the bound only those that were there before run before a FREE job', async () => {
  const free = job('FREE');
  const [early, late] = [[job('PREMIUM'), job('PREMIUM')], Array.from({ length: 10 }, () => job('PREMIUM'))];
  for (const one of [free, ...early]) await queue.add(one);
  expect(await queue.raisePriority(free.id, jobPriority(tierPolicy('FREE').weight, AGING_BOUND_MS))).toBe(true);
  for (const one of late) await queue.add(one);

  expect(await queue.position(free.id)).toBe(3);
  expect(await runAll(13)).toEqual([...early, free, ...late].map(({ id }) => id));
});

it('raises step by step, and never lowers', async () => {
  const [free, basic] = [job('FREE'), job('BASIC')];
  for (const one of [free, basic]) await queue.add(one);
  expect(await queue.raisePriority(free.id, free.priority)).toBe(false);
  expect(await queue.raisePriority(free.id, free.priority + 1)).toBe(false);
  expect(await queue.raisePriority(free.id, free.priority - 1)).toBe(true);
  expect(await queue.position(free.id)).toBe(2);
  expect(await queue.raisePriority(free.id, basic.priority - 1)).toBe(true);
  expect(await queue.position(free.id)).toBe(1);
  expect(await queue.raisePriority('none', 1)).toBe(false);
});
