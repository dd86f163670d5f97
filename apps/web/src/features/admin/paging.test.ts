import { expect, test } from 'vitest';
import { choice, nextPage, one, PAGE_SIZE, pageStart, periodStart } from './paging.ts';

const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ at: '2026-01-01T00:00:00.000001+00:00', id: `course-gen-${index}` }));
const endOf = (row: { at: string; id: string }) => row;

test('the address of the next page begins after the last row, with the same filters', () => {
  const { shown, next, first } = nextPage('/admin/x', { q: 'тест', after: 'old' }, rows(PAGE_SIZE + 1), endOf);
  expect(shown).toHaveLength(PAGE_SIZE);
  const params = Object.fromEntries(new URL(next ?? '', 'http://x').searchParams);
  expect(params['q']).toBe('тест');
  expect(pageStart(params)).toEqual(rows(PAGE_SIZE).at(-1));
  expect(first).toBe(`/admin/x?${new URLSearchParams({ q: 'тест' })}`);
});

test('after the last page there is none', () => {
  expect(nextPage('/x', {}, rows(PAGE_SIZE), endOf)).toMatchObject({ next: null, first: null });
  expect(nextPage('/x', {}, [], endOf)).toMatchObject({ shown: [], next: null });
});

test('what is no place, no filter or no value is left out', () => {
  for (const after of ['', '~', 'x~y', '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z~']) {
    expect(pageStart({ after })).toBeNull();
  }
  expect(pageStart({ after: '2026-01-01T00:00:00Z~a' }, () => false)).toBeNull();
  expect(choice({ tier: 'GOLD' }, 'tier', ['FREE'])).toBeNull();
  expect(choice({ tier: ['FREE', 'x'] }, 'tier', ['FREE'])).toBe('FREE');
  expect(one({ q: '   ' }, 'q')).toBeNull();
  expect(periodStart('week', Date.parse('2026-01-08T00:00:00Z'))).toBe('2026-01-01T00:00:00.000Z');
});
