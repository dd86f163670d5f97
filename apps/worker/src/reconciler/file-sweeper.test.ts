import { createLogger } from '@megacampus/log';
import { expect, test } from 'vitest';
import { startFileSweeper, sweepOnce } from './file-sweeper.ts';

const log = createLogger({ name: 'test', level: 'silent' });

/** A bucket with so many stray files. */
function bucketWith(files: number) {
  const asked: number[] = [];
  return {
    asked,
    left: () => files,
    async removeStray(limit: number) {
      asked.push(limit);
      const removed = Math.min(files, limit);
      files -= removed;
      return Array.from({ length: removed }, (_, index) => `file-${index}`);
    },
  };
}

test('a pass removes what there is, in calls of a bounded size, and leaves a flood to the next', async () => {
  const some = bucketWith(250);
  expect(await sweepOnce({ uploads: some, log })).toBe(250);
  expect(some.asked).toEqual([100, 100, 100]);
  const many = bucketWith(5_000);
  expect(await sweepOnce({ uploads: many, log })).toBe(1_000);
  expect(many.left()).toBe(4_000);
});

test('a pass ends between two calls when another worker takes over', async () => {
  const bucket = bucketWith(250);
  const term = new AbortController();
  const uploads = {
    async removeStray(limit: number) {
      const removed = await bucket.removeStray(limit);
      term.abort(new Error('term over'));
      return removed;
    },
  };
  await expect(sweepOnce({ uploads, log }, term.signal)).rejects.toThrow('term over');
  expect(bucket.asked).toHaveLength(1);
});

test('only the worker that leads removes files', async () => {
  const bucket = bucketWith(1);
  const follower = startFileSweeper({ uploads: bucket, leadership: { term: () => null }, log });
  await follower.stop();
  expect(bucket.asked).toEqual([]);
  const { signal } = new AbortController();
  const leader = startFileSweeper({ uploads: bucket, leadership: { term: () => signal }, log });
  await leader.stop();
  expect(bucket.asked).toEqual([100]);
});
