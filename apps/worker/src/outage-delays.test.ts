import { expect, test } from 'vitest';
import { MODEL_OUTAGE_STARTS, OUTAGE_STARTS, outageDelayMs } from './outage-delays.ts';

/** How long a job that meets nothing but an outage has been put off at its n-th start. */
const waitedMs = (starts: number) =>
  Array.from({ length: starts }, (_, before) => outageDelayMs(before)).reduce((sum, ms) => sum + ms, 0);

test('a job is put off for longer each time, and never by more than ten seconds', () => {
  expect([0, 1, 2, 3, 4, 1_000].map(outageDelayMs)).toEqual([1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
});

test('an outage is waited out for fifty minutes, one of the model for four', () => {
  expect(waitedMs(OUTAGE_STARTS) / 60_000).toBeCloseTo(50, 0);
  expect(waitedMs(MODEL_OUTAGE_STARTS) / 60_000).toBeCloseTo(4, 0);
});
