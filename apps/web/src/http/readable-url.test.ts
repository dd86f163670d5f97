import { expect, test } from 'vitest';
import { readableUrl } from './readable-url.ts';

test.each(['/courses/osnovy-1a2b?q=%D0%BA%D1%83%D1%80%D1%81&page=2', '/a%2Fb%25', '/', '*'])(
  '%s is left as it is',
  (url) => {
    expect(readableUrl(url)).toBe(url);
  },
);

test.each([
  ['half a letter', '/%E0%A4%A', '/%25E0%25A4%25A'],
  ['no UTF-8', '/%ff?q=%c3%28', '/%25ff?q=%25c3%2528'],
  ['NUL', '/a%00b', '/a%2500b'],
  ['a bare sign', '/100%', '/100%25'],
  ['another host', 'http://evil.test/courses', '/courses'],
])('what decodes to no text stands for itself: %s', (_, url, readable) => {
  expect(readableUrl(url)).toBe(readable);
  expect(() => decodeURIComponent(readableUrl(url))).not.toThrow();
  expect(decodeURIComponent(readableUrl(url))).not.toContain('\0');
});
