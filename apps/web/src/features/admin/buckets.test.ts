import { expect, test } from 'vitest';
import { buckets } from './buckets.ts';

test('every day has its column, with what happened in it stacked', () => {
  const day = '2026-01-02T00:00:00+00:00';
  const counts = [
    { at: day, type: 'job_rollback' as const, count: 2 },
    { at: day, type: 'worker_timeout' as const, count: 3 },
  ];
  const columns = buckets(counts, '2026-01-01T12:00:00Z', 'day', Date.parse('2026-01-03T01:00:00Z'));
  expect(columns.map(({ at, total }) => [new Date(at).toISOString().slice(0, 10), total])).toEqual([
    ['2026-01-01', 0],
    ['2026-01-02', 5],
    ['2026-01-03', 0],
  ]);
  expect(columns[1]?.stack.map(({ start }) => start)).toEqual([0, 2]);
  expect(buckets([], '2026-01-01T00:30:00Z', 'hour', Date.parse('2026-01-01T02:10:00Z'))).toHaveLength(3);
});
