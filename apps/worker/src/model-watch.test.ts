import { BrokenCircuitError } from 'cockatiel';
import { expect, test } from 'vitest';
import { watchModel } from './model-watch.ts';

const at = new Date('2026-01-02T03:04:05Z');
const free = { run: <T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>) => work(signal) };
const signal = () => new AbortController().signal;
const failing = (error: unknown) => () => Promise.reject(error);

test('requests under way, the last success and the last errors are told, the newest first', async () => {
  const watch = watchModel(free, 'm', () => at);
  const { promise, resolve } = Promise.withResolvers<string>();
  const running = watch.limiter.run(signal(), () => promise);
  expect(watch.health()).toEqual({ model: 'm', breaker: 'closed', requests: 1, lastSuccessAt: null, errors: [] });
  resolve('answer');
  expect(await running).toBe('answer');
  for (let number = 1; number <= 7; number += 1) {
    await expect(watch.limiter.run(signal(), failing(new Error(`error ${number}`)))).rejects.toThrow(`${number}`);
  }
  const health = watch.health();
  expect(health).toMatchObject({ requests: 0, lastSuccessAt: at.toISOString() });
  expect(health.errors.map(({ text }) => text)).toEqual(['error 7', 'error 6', 'error 5', 'error 4', 'error 3']);
});

test('the breaker is open from the first request held back until one succeeds; a cancel is no error', async () => {
  const watch = watchModel(free, 'm', () => at);
  const cancelled = AbortSignal.abort(new Error('cancelled'));
  await watch.limiter.run(cancelled, failing(cancelled.reason)).catch(() => {});
  expect(watch.health().errors).toEqual([]);
  await watch.limiter.run(signal(), failing(new BrokenCircuitError())).catch(() => {});
  expect(watch.health()).toMatchObject({ breaker: 'open', errors: [] });
  await watch.limiter.run(signal(), async () => 'answer');
  expect(watch.health().breaker).toBe('closed');
});
