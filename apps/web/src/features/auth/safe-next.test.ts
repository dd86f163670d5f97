import { expect, test } from 'vitest';
import { safeNext } from './safe-next.ts';

test.each(['/courses/osnovy-1a2b', '/courses/new?from=welcome', '/'])('goes on to our own page %s', (path) => {
  expect(safeNext(path)).toBe(path);
});

test.each([
  null,
  undefined,
  '',
  'courses',
  'https://evil.example/',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '\t//evil.example',
  'javascript:alert(1)',
  '/courses\nset-cookie: a=b',
])('never leaves the site for %j', (path) => {
  const target = new URL(safeNext(path), 'https://our.example');
  expect(target.origin).toBe('https://our.example');
  expect(safeNext(path).startsWith('//')).toBe(false);
});
