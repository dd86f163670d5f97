import { describe, expect, test } from 'vitest';
import { readEnv } from './env.ts';

const enough = {
  REDIS_URL: 'redis://localhost:6379',
  SUPABASE_URL: 'http://localhost:54321',
  NEXT_PUBLIC_SUPABASE_ANON_KEY: 'a-key-that-browsers-have',
  SUPABASE_SERVICE_ROLE_KEY: 'a-key-that-servers-have',
};

/** The problems, one a line. */
function problemsOf(variables: Record<string, string | undefined>): string[] {
  try {
    readEnv(variables);
  } catch (err) {
    return (err as Error).message.split('\n').slice(1);
  }
  return [];
}

describe('configuration of the web app', () => {
  test('the defaults of the contract hold when nothing else is set', () => {
    expect(readEnv(enough)).toEqual({
      NODE_ENV: 'production',
      APP_VERSION: 'dev',
      LOG_LEVEL: 'info',
      SUPABASE_URL: enough.SUPABASE_URL,
      NEXT_PUBLIC_SUPABASE_URL: enough.SUPABASE_URL,
      publishableKey: enough.NEXT_PUBLIC_SUPABASE_ANON_KEY,
      secretKey: enough.SUPABASE_SERVICE_ROLE_KEY,
      workerKey: enough.SUPABASE_SERVICE_ROLE_KEY,
      ADMIN_PORT: 3001,
      REDIS_URL: enough.REDIS_URL,
      GLOBAL_CONCURRENCY_LIMIT: 3,
      TRUSTED_PROXIES: 0,
      RATE_LIMIT_FACTOR: 1,
      WEBHOOK_ALLOW_PRIVATE: false,
    });
  });

  test('every problem is told at once, by the name of its variable', () => {
    const bad = {
      GLOBAL_CONCURRENCY_LIMIT: 'many',
      LOG_LEVEL: 'loud',
      NODE_ENV: 'prod',
      DATABASE_URL: 'mysql://localhost/x',
      SUPABASE_JWT_SECRET: 'short',
      METRICS_TOKEN: 'short',
      TRUSTED_PROXIES: '-1',
      WEBHOOK_ALLOW_PRIVATE: 'perhaps',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318',
    };
    const required = ['SUPABASE_URL', 'NEXT_PUBLIC_SUPABASE_ANON_KEY', 'SUPABASE_SERVICE_ROLE_KEY', 'REDIS_URL'];
    const problems = problemsOf(bad);
    for (const name of [...required, ...Object.keys(bad)]) {
      expect(
        problems.filter((problem) => problem.includes(name)),
        name,
      ).not.toEqual([]);
    }
  });

  test.each(['0', '-1', '1.5', 'NaN', 'Infinity', '1e3', '3x', ' ', '0x10', '10001', '99999999999'])(
    'a limit of %j is refused, never read as no limit',
    (value) => {
      expect(problemsOf({ ...enough, GLOBAL_CONCURRENCY_LIMIT: value })).toEqual([
        expect.stringContaining('GLOBAL_CONCURRENCY_LIMIT'),
      ]);
    },
  );

  test('the largest limit is that of the database', () => {
    expect(readEnv({ ...enough, GLOBAL_CONCURRENCY_LIMIT: '10000' }).GLOBAL_CONCURRENCY_LIMIT).toBe(10_000);
  });

  test('an empty variable is the same as an unset one', () => {
    const empty = { GLOBAL_CONCURRENCY_LIMIT: '', DATABASE_URL: '', METRICS_TOKEN: '', NEXT_PUBLIC_SUPABASE_URL: '' };
    expect(readEnv({ ...enough, ...empty })).toEqual(readEnv(enough));
    expect(problemsOf({ ...enough, REDIS_URL: '' })).toEqual([expect.stringContaining('REDIS_URL')]);
  });

  test('either name of each key is taken, and one that is cut off is told by its name', () => {
    const { NEXT_PUBLIC_SUPABASE_ANON_KEY, SUPABASE_SERVICE_ROLE_KEY, ...rest } = enough;
    const renamed = {
      ...rest,
      NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY: NEXT_PUBLIC_SUPABASE_ANON_KEY,
      SUPABASE_SECRET_KEY: SUPABASE_SERVICE_ROLE_KEY,
    };
    expect(readEnv(renamed)).toEqual(readEnv(enough));
    const cut = { NEXT_PUBLIC_SUPABASE_ANON_KEY: 'eyJ', SUPABASE_SERVICE_ROLE_KEY: 'eyJ' };
    expect(problemsOf({ ...rest, ...cut })).toEqual([
      expect.stringContaining('NEXT_PUBLIC_SUPABASE_ANON_KEY'),
      expect.stringContaining('SUPABASE_SERVICE_ROLE_KEY'),
    ]);
  });

  test('browsers and servers reach Supabase at one address, unless two are given', () => {
    const both = { ...enough, NEXT_PUBLIC_SUPABASE_URL: 'https://db.example.com' };
    expect(readEnv(both)).toMatchObject({
      SUPABASE_URL: enough.SUPABASE_URL,
      NEXT_PUBLIC_SUPABASE_URL: 'https://db.example.com',
    });
    expect(readEnv({ ...both, SUPABASE_URL: undefined })).toMatchObject({ SUPABASE_URL: 'https://db.example.com' });
  });
});
