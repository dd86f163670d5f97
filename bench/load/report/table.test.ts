import { expect, test } from 'vitest';
import type { Result } from '../measure.ts';
import { toJson, toTable } from './table.ts';

const result: Result = {
  name: 'a',
  ours: { value: 12.345, p95: 20, unit: 'ms' },
  theirs: { value: 10, unit: 'ms' },
  ratio: 1.2345,
  target: { atMost: 1.3 },
};

test('a target is met only on its own side, and a ratio that is not a number meets none', () => {
  const verdicts = (changes: Partial<Result>[]) => toJson(changes.map((change) => ({ ...result, ...change }))).measures;
  expect(
    verdicts([
      {},
      { ratio: 1.31 },
      { target: { atLeast: 1.3 } },
      { ratio: 1.3, target: { atLeast: 1.3 } },
      { ratio: Number.NaN },
      { target: null },
    ]).map(({ pass }) => pass),
  ).toEqual([true, false, false, true, false, null]);
});

test('the JSON has what was asked for, numbers as they are', () => {
  expect(toJson([result])).toEqual({
    measures: [
      { name: 'a', ours: result.ours, theirs: result.theirs, ratio: 1.2345, target: { atMost: 1.3 }, pass: true },
    ],
  });
});

test('the table says it in words', () => {
  expect(toTable([result]).split('\n').at(-1)).toBe('| a | 12.3 ms (p95 20) | 10 ms | 1.23× | ≤ 1.3× | yes |');
  expect(toTable([{ ...result, theirs: null, ratio: null, target: null, note: 'n' }])).toContain(
    '| a (n) | 12.3 ms (p95 20) | – | – | – | shown |',
  );
});
