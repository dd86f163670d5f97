import { expect, test } from 'vitest';
import { localeFromHeader } from './locales.ts';

test.each([
  [null, 'ru'],
  ['', 'ru'],
  ['en-US,en;q=0.9', 'en'],
  ['de-DE,de;q=0.9,en;q=0.8,ru;q=0.7', 'en'],
  ['en;q=0.1, ru;q=0.9', 'ru'],
  ['en;q=0', 'ru'],
  ['fr', 'ru'],
  ['*;q=0.5, !!!', 'ru'],
])('Accept-Language %j gives %s', (header, locale) => {
  expect(localeFromHeader(header)).toBe(locale);
});
