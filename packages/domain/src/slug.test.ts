import { expect, test } from 'vitest';
import { makeSlug, SLUG_MAX_LENGTH } from './slug.ts';

const SUFFIX = 'x7k2m9qa';
/** What the database takes (migration `courses`). */
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

test('the longest slug is that of the contract', () => {
  expect(SLUG_MAX_LENGTH).toBe(95);
});

test.each([
  ['Введение в базы данных', 'vvedenie-v-bazy-dannyh'],
  ['Объём, щётка и ёж: всё о чае', 'obyom-shchyotka-i-yozh-vsyo-o-chae'],
  ['Подъезд № 5 — «Юность»', 'podezd-no-5-yunost'],
  ['Ünïcode Straße', 'unicode-strasse'],
  ['  C++  &  SQL! ', 'c-sql'],
  ['🎉 Python 🐍', 'python'],
  ['数据库', 'shu-ju-ku'],
])('«%s» is written in Latin letters', (title, words) => {
  expect(makeSlug(title, SUFFIX)).toBe(`${words}-${SUFFIX}`);
});

test.each(['', '   ', '!!!', '—', '🎉🎉', '👩‍👩‍👧'])('a title without any letter (%j) still gives a slug', (title) => {
  expect(makeSlug(title, SUFFIX)).toBe(`course-${SUFFIX}`);
});

test('of a long title the end is left out, never the part that makes the slug unique', () => {
  expect(makeSlug('a'.repeat(200), SUFFIX)).toBe(`${'a'.repeat(86)}-${SUFFIX}`);
  expect(makeSlug('Ж'.repeat(200), SUFFIX)).toBe(`${'zh'.repeat(43)}-${SUFFIX}`);
  expect(makeSlug('a'.repeat(86), SUFFIX)).toBe(`${'a'.repeat(86)}-${SUFFIX}`);
  expect(makeSlug('a'.repeat(87), SUFFIX)).toBe(`${'a'.repeat(86)}-${SUFFIX}`);
});

test('wherever a title is cut and however long its suffix, the database takes the slug', () => {
  const lengths = [0, 1, 2, 3, ...Array.from({ length: 50 }, (_, index) => 50 + index)];
  for (const suffix of ['a', SUFFIX, '0'.repeat(40)]) {
    const slugs = lengths.flatMap((length) =>
      ['слово ', 'a ', 'щи ', '🎉 ', '-'].map((word) => makeSlug(word.repeat(100).slice(0, length), suffix)),
    );
    const isGood = (slug: string) => SLUG.test(slug) && slug.length <= 95 && slug.endsWith(`-${suffix}`);
    expect(slugs.filter((slug) => !isGood(slug))).toEqual([]);
  }
});
