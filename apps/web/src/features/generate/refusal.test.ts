import { expect, test } from 'vitest';
import { readRefusal } from './refusal.ts';

const refused = (status: number, details?: unknown, retryAfterS: number | null = null) =>
  readRefusal({ kind: 'refused', status, details, retryAfterS, requestId: 'r' });

const limits = { tier: 'FREE', user_limit: 1, current_user_jobs: 1, global_limit: 3, current_global_jobs: 2 };

test('a 429 names the limit that was hit and when to come back', () => {
  expect(refused(429, { reason: 'user_limit', ...limits }, 30)).toEqual({
    kind: 'userLimit',
    tier: 'FREE',
    limit: 1,
    retryAfterS: 30,
  });
  expect(refused(429, { reason: 'global_limit', ...limits }, 60)).toEqual({ kind: 'globalLimit', retryAfterS: 60 });
  expect(refused(429)).toEqual({ kind: 'globalLimit', retryAfterS: null });
});

test.each([
  [401, 'signedOut'],
  [403, 'gone'],
  [404, 'gone'],
  [409, 'conflict'],
  [500, 'rolledBack'],
  [503, 'unavailable'],
])('%i is told as %s', (status, kind) => {
  expect(refused(status).kind).toBe(kind);
});

test('no answer at all is a matter of the network', () => {
  expect(readRefusal({ kind: 'unreachable' })).toEqual({ kind: 'network' });
});
