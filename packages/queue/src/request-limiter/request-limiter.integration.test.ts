import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { startRedis, useStack } from '@megacampus/test-kit/servers';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { expect, it, onTestFinished } from 'vitest';
import { closeRedis, createProducerRedis, waitUntilReady } from '../connections/connections.ts';
import { connectForTest, silentLog, testKeys } from '../testing/fixtures.ts';
import { createRequestLimiter } from './request-limiter.ts';

const redis = connectForTest();
const never = new AbortController().signal;

async function untilAborted(signal: AbortSignal): Promise<never> {
  await pause(60_000, undefined, { signal }).catch(() => undefined);
  throw signal.reason;
}

it('lets no more than the limit work at once, over two instances, and everybody in the end', async () => {
  const keys = testKeys();
  const [one, two] = [createRequestLimiter(redis, keys, { limit: 3 }), createRequestLimiter(redis, keys, { limit: 3 })];
  let [now, most, done] = [0, 0, 0];
  const work = async () => {
    now += 1;
    most = Math.max(most, now);
    await pause(30);
    now -= 1;
    done += 1;
  };
  await Promise.all(Array.from({ length: 24 }, (_, index) => (index % 2 ? one : two).run(never, work)));
  expect({ most, done }).toEqual({ most: 3, done: 24 });
  expect(await redis.zcard(keys.modelRequests)).toBe(0);
});

it('holds over two processes, and a place whose process was killed is free again after its time', async () => {
  const keys = testKeys();
  const child = fork(
    new URL('../testing/limiter-process.ts', import.meta.url),
    [JSON.stringify({ redisUrl: useStack().redisUrl, tag: keys.tag, limit: 2, ttlMs: 900 })],
    { execArgv: [], stdio: 'ignore' },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  // The other process takes one of the two places and keeps it.
  await waitFor(async () => (await redis.zcard(keys.modelRequests)) === 1, { timeoutMs: 10_000 });
  const limiter = createRequestLimiter(redis, keys, { limit: 2, ttlMs: 900 });
  const leave = new AbortController();
  const first = limiter.run(leave.signal, untilAborted).catch(() => 'left');
  await waitFor(async () => (await redis.zcard(keys.modelRequests)) === 2);
  let entered = false;
  const third = limiter.run(never, async () => {
    entered = true;
  });
  // Longer than a place lives unless it is renewed.
  await pause(1_500);
  expect(entered).toBe(false);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await third;
  expect(entered).toBe(true);
  leave.abort();
  expect(await first).toBe('left');
});

it('gives up waiting as soon as it is told to, and takes no place', async () => {
  const keys = testKeys();
  const limiter = createRequestLimiter(redis, keys, { limit: 1 });
  const holder = new AbortController();
  const held = limiter.run(holder.signal, untilAborted).catch(() => undefined);
  await waitFor(async () => (await redis.zcard(keys.modelRequests)) === 1);
  const waiter = new AbortController();
  let worked = false;
  const waiting = limiter.run(waiter.signal, async () => {
    worked = true;
  });
  const reason = new Error('cancelled');
  waiter.abort(reason);
  await expect(waiting).rejects.toBe(reason);
  holder.abort();
  await held;
  expect(worked).toBe(false);
  expect(await redis.zcard(keys.modelRequests)).toBe(0);
});

it('aborts work whose place is lost because Redis is gone', async () => {
  const server = await startRedis();
  onTestFinished(() => server.close());
  const own = createProducerRedis(server.url, { log: silentLog, name: 'limiter' });
  onTestFinished(() => closeRedis(own));
  await waitUntilReady(own, 5_000);
  const limiter = createRequestLimiter(own, testKeys(), { limit: 1, ttlMs: 600 });
  const running = limiter.run(never, async (signal) => {
    await server.kill();
    return untilAborted(signal);
  });
  await expect(running).rejects.toMatchObject({ code: 'unavailable', context: { service: 'redis' } });
});

it.each([0, -1, 1.5, Number.NaN])('a limit of %s is refused, never read as no limit', async (limit) => {
  const limiter = createRequestLimiter(redis, testKeys(), { limit });
  await expect(limiter.run(never, async () => 'worked')).rejects.toThrow();
});
