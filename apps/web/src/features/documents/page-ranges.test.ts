import { expect, it } from 'vitest';
import { pageRanges } from './page-ranges.ts';

it.each([
  [[], ''],
  [[3], '3'],
  [[3, 4], '3, 4'],
  [[3, 7, 8, 9, 12], '3, 7–9, 12'],
])('writes %j as "%s"', (pages, text) => {
  expect(pageRanges(pages)).toBe(text);
});
