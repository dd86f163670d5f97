import { expect, test } from 'vitest';
import { compare, oneByOne, p50p95, underLoad } from './rounds.ts';

test('sides take turns, each first as often as the other, and the warm-up does not count', async () => {
  const order: string[] = [];
  const side = (name: string, value: number) => ({
    async round() {
      order.push(name);
      return [value, value * 2];
    },
    after: async () => order.push(`${name} after`),
  });
  const { ours, theirs, ratio } = await compare({ ours: side('a', 1), theirs: side('b', 4) }, { rounds: 2 });
  expect(order.filter((name) => !name.includes('after'))).toEqual(['b', 'a', 'a', 'b', 'b', 'a']);
  expect(order.filter((name) => name.includes('after'))).toHaveLength(6);
  expect(ours).toEqual({ all: [1, 2, 1, 2], rounds: [1.5, 1.5] });
  expect(p50p95(theirs).p50).toBe(6);
  expect(ratio).toBe(0.25);
});

test('one by one never overlaps', async () => {
  let running = 0;
  const took = await oneByOne(5, async () => {
    running += 1;
    expect(running).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
  });
  expect(took).toHaveLength(5);
});

test('under load does each piece once and keeps to the number in flight', async () => {
  const seen: number[] = [];
  let running = 0;
  let most = 0;
  const { perSecond, tookMs } = await underLoad(20, 4, async (index) => {
    seen.push(index);
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
  });
  expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index));
  expect(most).toBe(4);
  expect(tookMs).toHaveLength(20);
  expect(perSecond).toBeGreaterThan(0);
});
