import { TIERS, tierPolicy } from '@megacampus/domain/tiers';
import { expect, it } from 'vitest';
import { AGING_BOUND_MS, AGING_STEP_MS, jobPriority, TOP_PRIORITY } from './priority.ts';

const fresh = (tier: (typeof TIERS)[number]) => jobPriority(tierPolicy(tier).weight, 0);

it('is smaller, so served earlier, the larger the weight', () => {
  expect(fresh('PREMIUM')).toBeLessThan(fresh('TRIAL'));
  expect(fresh('TRIAL')).toBe(fresh('STANDARD'));
  expect(fresh('STANDARD')).toBeLessThan(fresh('BASIC'));
  expect(fresh('BASIC')).toBeLessThan(fresh('FREE'));
});

it('is never 0, which BullMQ would serve before everything', () => {
  for (const tier of TIERS) {
    for (let minutes = 0; minutes < 120; minutes++) {
      expect(jobPriority(tierPolicy(tier).weight, minutes * 60_000)).toBeGreaterThanOrEqual(TOP_PRIORITY);
    }
  }
  expect(jobPriority(1_000, 0)).toBe(TOP_PRIORITY);
});

it('rises one step a minute and is at the top for every tier within 10 minutes', () => {
  expect(fresh('FREE') - jobPriority(1, AGING_STEP_MS)).toBe(1);
  expect(jobPriority(1, AGING_STEP_MS - 1)).toBe(fresh('FREE'));
  expect(AGING_BOUND_MS).toBeLessThanOrEqual(10 * 60_000);
  for (const tier of TIERS) expect(jobPriority(tierPolicy(tier).weight, AGING_BOUND_MS)).toBe(fresh('PREMIUM'));
});

it('takes a clock that stepped back for no wait, and refuses a weight that is none', () => {
  expect(jobPriority(1, -5_000)).toBe(fresh('FREE'));
  expect(jobPriority(1, Number.NaN)).toBe(fresh('FREE'));
  for (const weight of [Number.NaN, 0, -1]) expect(() => jobPriority(weight, 0)).toThrow(RangeError);
});
