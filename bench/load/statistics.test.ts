import { expect, test } from 'vitest';
import { growthPerDecade, median, percentile, ratioOfRounds } from './statistics.ts';

test('percentiles lie between the samples, whatever their order', () => {
  expect(percentile([3, 1, 2], 0)).toBe(1);
  expect(percentile([3, 1, 2], 1)).toBe(3);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(percentile([10, 20], 0.95)).toBeCloseTo(19.5);
  expect(percentile([7], 0.95)).toBe(7);
  expect(percentile([100, 9, 10], 0.5)).toBe(10);
});

test('no samples have no percentile', () => {
  expect(() => median([])).toThrow(RangeError);
});

test('a ratio is of rounds that ran together, so a slow spell of both sides does not move it', () => {
  expect(ratioOfRounds([2, 2, 20, 2], [1, 1, 10, 1])).toBe(2);
  expect(ratioOfRounds([1, 30, 3], [1, 10, 1])).toBe(3);
  expect(() => ratioOfRounds([1], [1, 2])).toThrow(RangeError);
});

test('growth is zero for what is flat and the percentage a decade for what is not', () => {
  expect(growthPerDecade([10, 100, 1000], [5, 5, 5])).toBeCloseTo(0);
  expect(growthPerDecade([10, 100, 1000], [1, 2, 3])).toBeCloseTo(50);
  expect(growthPerDecade([10, 100, 1000], [3, 2, 1])).toBeCloseTo(-50);
});
