import { describe, expect, it } from 'vitest';
import { isSecretName, REDACTED, redactText, toLoggable } from './redact.ts';

describe('secret names', () => {
  it.each([
    'authorization',
    'Proxy-Authorization',
    'cookie',
    'Set-Cookie',
    'apikey',
    'X-API-Key',
    'AI_API_KEY',
    'password',
    'ADMIN_PASSWORD',
    'SUPABASE_SERVICE_ROLE_KEY',
    'SUPABASE_SECRET_KEY',
    'serviceKey',
    'WEBHOOK_SECRET',
    'SUPABASE_JWT_SECRET',
    'access_token',
    'accessToken',
    'refresh_token',
    'token',
    'x-webhook-signature',
  ])('%s is one', (name) => expect(isSecretName(name)).toBe(true));

  it.each(['promptTokens', 'keyPoints', 'publishableKey', 'courseId', 'secretary', 'jobId', 'sortKey'])(
    '%s is none',
    (name) => expect(isSecretName(name)).toBe(false),
  );
});

describe('toLoggable', () => {
  it('redacts at any depth, in arrays, maps and headers, and leaves the original alone', () => {
    const input = {
      a: [{ b: { headers: { Authorization: 'Bearer abc', accept: 'json' } } }],
      map: new Map([['password', 'p']]),
      headers: new Headers({ cookie: 'c', host: 'h' }),
    };
    expect(toLoggable(input)).toEqual({
      a: [{ b: { headers: { Authorization: REDACTED, accept: 'json' } } }],
      map: { password: REDACTED },
      headers: { cookie: REDACTED, host: 'h' },
    });
    expect(input.a[0]?.b.headers.Authorization).toBe('Bearer abc');
  });

  it('shows an error with its cause, its own fields and the errors it gathers', () => {
    const cause = Object.assign(new TypeError('inner'), {
      code: 'ECONNRESET',
      context: { token: 't', service: 'redis' },
    });
    const error = new AggregateError([new Error('one')], 'outer', { cause });
    expect(toLoggable(error)).toMatchObject({
      type: 'AggregateError',
      message: 'outer',
      stack: expect.stringContaining('outer'),
      errors: [{ message: 'one' }],
      cause: {
        type: 'TypeError',
        message: 'inner',
        code: 'ECONNRESET',
        context: { token: REDACTED, service: 'redis' },
      },
    });
  });

  it('survives cycles, depth and values that JSON cannot hold', () => {
    const cyclic: Record<string, unknown> = { big: 10n, bytes: new Uint8Array(3) };
    cyclic['self'] = cyclic;
    expect(toLoggable(cyclic)).toEqual({ big: '10', bytes: '[binary]', self: '[circular]' });
    let deep: unknown = 'bottom';
    for (let i = 0; i < 1000; i++) deep = { deep };
    expect(JSON.stringify(toLoggable(deep))).toContain('[deep]');
  });
});

describe('redactText', () => {
  it.each([
    ['connect redis://user:hunter2@host:6379 failed', 'connect redis://user:[redacted]@host:6379 failed'],
    ['postgres://:hunter2@host/db', 'postgres://:[redacted]@host/db'],
    ['got Bearer abcdef0123456789.x', 'got Bearer [redacted]'],
    ['key sb_secret_abc-123_x', 'key [redacted]'],
    ['jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', 'jwt [redacted]'],
    ['http://host:3000/path?mail=a@b.c', 'http://host:3000/path?mail=a@b.c'],
  ])('%s', (text, expected) => expect(redactText(text)).toBe(expected));
});
