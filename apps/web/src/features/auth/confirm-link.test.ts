import { expect, test } from 'vitest';
import { purposeOf, readConfirmLink } from './confirm-link.ts';

test('a link holds a hash with its type, or a code', () => {
  expect(readConfirmLink({ token_hash: 'pkce_5f3a', type: 'recovery' })).toEqual({
    kind: 'hash',
    type: 'recovery',
    hash: 'pkce_5f3a',
  });
  expect(readConfirmLink({ code: '0b2c-11' })).toEqual({ kind: 'code', code: '0b2c-11' });
});

test.each([
  {},
  { token_hash: '5f3a' },
  { token_hash: '5f3a', type: 'email_change' },
  { token_hash: ['5f3a', '5f3b'], type: 'recovery' },
  { code: '' },
  { code: 'a b' },
  { code: 'x'.repeat(513) },
])('nothing else is tried: %j', (parameters) => {
  expect(readConfirmLink(parameters)).toBe(null);
});

test('the page knows what a mail was for from its type, or from where it leads on', () => {
  expect(purposeOf({ type: 'recovery' })).toBe('reset');
  expect(purposeOf({ next: '/reset-password', code: 'x' })).toBe('reset');
  expect(purposeOf({ type: 'signup' })).toBe('signUp');
  expect(purposeOf({ next: '/courses' })).toBe('signUp');
  expect(purposeOf({ error: 'access_denied' })).toBe('unknown');
});
