import { expect, test } from 'vitest';
import { isSameOrigin } from './same-origin.ts';

function request(headers: Record<string, string>, method = 'POST'): Request {
  return new Request('http://ours.test/api', { method, headers: { host: 'ours.test', ...headers } });
}

test.each([
  ['Origin is ours', { origin: 'https://ours.test' }],
  ['Sec-Fetch-Site says so', { 'sec-fetch-site': 'same-origin' }],
  ['both', { origin: 'http://ours.test', 'sec-fetch-site': 'same-origin' }],
  ['Origin is the public host of a proxy before us', { origin: 'https://pub.test', 'x-forwarded-host': 'pub.test' }],
])('a change is ours when %s', (_, headers) => {
  expect(isSameOrigin(request(headers))).toBe(true);
});

test.each([
  ['neither header is there', {}],
  ['Origin is foreign', { origin: 'https://evil.test' }],
  ['Origin is null (a sandboxed frame)', { origin: 'null' }],
  ['Origin only begins like ours', { origin: 'https://ours.test.evil.test' }],
  ['Origin has another port', { origin: 'https://ours.test:8443' }],
  ['Sec-Fetch-Site is cross-site', { 'sec-fetch-site': 'cross-site' }],
  ['Sec-Fetch-Site is same-site (a sister domain)', { origin: 'https://ours.test', 'sec-fetch-site': 'same-site' }],
  ['Sec-Fetch-Site contradicts Origin', { origin: 'https://evil.test', 'sec-fetch-site': 'same-origin' }],
])('a change is not ours when %s', (_, headers) => {
  expect(isSameOrigin(request(headers))).toBe(false);
});

test.each([
  ['a page of ours', { 'sec-fetch-site': 'same-origin' }, true],
  ['a typed address', { 'sec-fetch-site': 'none' }, true],
  ['a program', {}, true],
  ['another site', { origin: 'https://evil.test', 'sec-fetch-site': 'cross-site' }, false],
  ['a sister domain', { 'sec-fetch-site': 'same-site' }, false],
])('reading by %s', (_, headers, allowed) => {
  expect(isSameOrigin(request(headers, 'GET'))).toBe(allowed);
});
