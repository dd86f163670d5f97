import { expect, test } from 'vitest';
import { courseListHref, likePattern, readCourseQuery, statusesOf } from './course-query.ts';

const usual = { search: '', filter: 'all', sort: 'newest', page: 1 } as const;

test('an address that makes no sense shows the list as usual', () => {
  const params = { q: ['a', 'b'], state: 'broken', sort: '; drop table', page: '-1' };
  expect(readCourseQuery(params)).toEqual(usual);
  expect(readCourseQuery({ page: '1e9' }).page).toBe(1);
  expect(readCourseQuery({ q: `  ${'я'.repeat(500)}` }).search).toHaveLength(200);
});

test.each([
  usual,
  { search: 'C++ & 100 %', filter: 'running', sort: 'title', page: 3 },
  { search: 'Основы', filter: 'draft', sort: 'oldest', page: 1 },
] as const)('an address leads back to what it was made from: %j', (query) => {
  const { searchParams } = new URL(courseListHref(query), 'https://our.example');
  expect(readCourseQuery(Object.fromEntries(searchParams))).toEqual(query);
});

test('each filter lets through what it names', () => {
  expect(statusesOf('draft')).toBeNull();
  expect(statusesOf('failed')).toEqual(['failed']);
  expect(statusesOf('running')).toContain('initializing');
  expect(statusesOf('running')).not.toContain('completed');
});

test('a search means its characters, not a pattern', () => {
  expect(likePattern('50 %_\\')).toBe('%50 \\%\\_\\\\%');
});
