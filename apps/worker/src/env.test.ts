import { describe, expect, test } from 'vitest';
import { readEnv } from './env.ts';

const enough = {
  REDIS_URL: 'redis://localhost:6379',
  SUPABASE_URL: 'http://localhost:54321',
  SUPABASE_SECRET_KEY: 'sb_secret_x',
};

describe('worker configuration', () => {
  test('the defaults of the contract hold when nothing else is set', () => {
    expect(readEnv(enough)).toMatchObject({
      defaultGlobalLimit: 3,
      concurrency: 4,
      admin: { port: 3001, credentials: null },
      webhook: { secret: null, allowPrivate: false },
      logLevel: 'info',
    });
  });

  test('a worker that is started by itself prints JSON, for machines', () => {
    expect(readEnv(enough).nodeEnv).toBe('production');
    expect(readEnv({ ...enough, NODE_ENV: 'development' }).nodeEnv).toBe('development');
    expect(() => readEnv({ ...enough, NODE_ENV: 'prod' })).toThrow('NODE_ENV');
  });

  test('every problem is listed at once', () => {
    const read = () => readEnv({ GLOBAL_CONCURRENCY_LIMIT: 'many', LOG_LEVEL: 'loud', ADMIN_USER: 'root' });
    for (const name of [
      'REDIS_URL',
      'SUPABASE_URL',
      'SUPABASE_SERVICE_ROLE_KEY',
      'GLOBAL_CONCURRENCY_LIMIT',
      'LOG_LEVEL',
      'ADMIN_PASSWORD',
    ]) {
      expect(read).toThrow(name);
    }
  });

  test.each(['0', '-1', '1.5', 'NaN', 'Infinity', '1e3', '3x', '99999999999'])(
    'a limit of %s is refused, never read as no limit',
    (value) => {
      expect(() => readEnv({ ...enough, GLOBAL_CONCURRENCY_LIMIT: value })).toThrow('GLOBAL_CONCURRENCY_LIMIT');
      expect(() => readEnv({ ...enough, WORKER_CONCURRENCY: value })).toThrow('WORKER_CONCURRENCY');
    },
  );

  test('a blank variable is the same as an unset one', () => {
    expect(readEnv({ ...enough, GLOBAL_CONCURRENCY_LIMIT: '', WEBHOOK_SECRET: ' ' }).defaultGlobalLimit).toBe(3);
  });

  test('either name of the service key is taken', () => {
    expect(readEnv({ ...enough, SUPABASE_SECRET_KEY: '', SUPABASE_SERVICE_ROLE_KEY: 'jwt' }).serviceKey).toBe('jwt');
  });

  describe('of the language model', () => {
    const model = { ...enough, AI_BASE_URL: 'http://localhost:11434/v1', AI_MODEL: 'qwen3' };

    test('without an address and a model there is none, and with both there is, also without a key', () => {
      expect(readEnv(enough).ai).toBeNull();
      expect(readEnv(model).ai).toMatchObject({
        model: 'qwen3',
        apiKey: null,
        maxConcurrency: 4,
        budgetTokens: 5_000_000,
        contextTokens: 32_768,
        requestTimeoutMs: 120_000,
        prices: null,
        strictSources: true,
      });
    });

    test('half of it is a problem that names what is missing', () => {
      expect(() => readEnv({ ...enough, AI_API_KEY: 'key' })).toThrow(/AI_BASE_URL[\s\S]*AI_MODEL/);
      expect(() => readEnv({ ...enough, AI_MODEL: 'm' })).toThrow('AI_BASE_URL');
      expect(() => readEnv({ ...enough, AI_EMBEDDING_MODEL: 'e' })).toThrow(/AI_BASE_URL[\s\S]*AI_MODEL/);
      expect(() => readEnv({ ...model, AI_PRICE_EMBEDDING: '0.02' })).toThrow('AI_EMBEDDING_MODEL');
      expect(() => readEnv({ ...model, AI_PRICE_INPUT: '0.15' })).toThrow('AI_PRICE_OUTPUT');
    });

    test.each(['AI_MAX_CONCURRENCY', 'AI_BUDGET_TOKENS', 'AI_CONTEXT_TOKENS', 'AI_TIMEOUT_SECONDS'])(
      '%s is never read as no limit',
      (name) => {
        for (const value of ['0', '-1', 'NaN', 'Infinity', '1e9']) {
          expect(() => readEnv({ ...model, [name]: value })).toThrow(name);
        }
      },
    );

    test('prices are numbers', () => {
      const prices = { AI_PRICE_INPUT: '0.15', AI_PRICE_OUTPUT: '0.6' };
      expect(readEnv({ ...model, ...prices }).ai?.prices).toEqual({ input: 0.15, output: 0.6 });
      expect(() => readEnv({ ...model, ...prices, AI_PRICE_INPUT: 'free' })).toThrow('AI_PRICE_INPUT');
    });
  });
});
