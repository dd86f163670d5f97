import { startRedisCluster } from '@megacampus/test-kit/redis-cluster';
import { startRedis, type TestRedis } from '@megacampus/test-kit/servers';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { Cluster, Redis } from 'ioredis';
import { expect, it, onTestFinished } from 'vitest';
import {
  checkEviction,
  closeRedis,
  createProducerRedis,
  createSubscriberRedis,
  waitUntilReady,
} from './connections/connections.ts';
import { createInsight } from './insight/insight.ts';
import { createCourseQueue } from './queue/queue.ts';
import { createRateLimit } from './rate-limits/rate-limits.ts';
import { createRequestLimiter } from './request-limiter/request-limiter.ts';
import { createHeartbeat, createReconcilerLock, createSignals } from './signals/signals.ts';
import { createSlots } from './slots/slots.ts';
import { analysisJob, silentLog, testKeys } from './testing/fixtures.ts';
import { recorder, startWorker } from './testing/start-worker.ts';

/** A cluster of one node: it refuses every script and transaction whose keys are not all in one slot. */
async function startCluster(): Promise<{ readonly server: TestRedis; readonly url: string }> {
  const server = await startRedis({ cluster: true });
  onTestFinished(() => server.close());
  const admin = new Redis(server.url);
  await admin.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
  await waitFor(async () => (await admin.cluster('INFO')).includes('cluster_state:ok'));
  admin.disconnect();
  return { server, url: server.url.replace('redis://', 'redis+cluster://') };
}

it('everything works on a Redis Cluster of three nodes: leases, queue, worker, signals, heartbeats', async () => {
  const { url, close } = await startRedisCluster();
  onTestFinished(close);
  const context = { log: silentLog, name: 'cluster' };
  const [redis, subscriber] = [createProducerRedis(url, context), createSubscriberRedis(url, context)];
  onTestFinished(() => closeRedis(redis));
  onTestFinished(() => closeRedis(subscriber));
  await waitUntilReady(redis, 5_000);
  expect(redis).toBeInstanceOf(Cluster);
  expect(await checkEviction(redis)).toBe('ok');
  const keys = testKeys();

  const slots = createSlots(redis, keys);
  const lease = { courseId: 'c', userId: 'u', generationId: 'g' };
  await slots.setGlobalLimit(1);
  const limits = { userLimit: 1, defaultGlobalLimit: 1, ttlMs: 60_000 };
  expect(await slots.reserve({ ...lease, ...limits })).toMatchObject({ outcome: 'reserved' });
  expect(await slots.reserve({ ...lease, ...limits, courseId: 'd', userId: 'v' })).toMatchObject({
    outcome: 'global_limit',
  });
  expect(await slots.renew({ ...lease, ttlMs: 60_000 })).toBe('renewed');
  expect([await slots.list(), [await slots.get('c')]]).toMatchObject([[lease], [lease]]);
  expect(await slots.release(lease)).toBe('released');

  const queue = createCourseQueue(redis, keys);
  const [first, second, removed] = [analysisJob(3), analysisJob(2), analysisJob(4)];
  await queue.add(first);
  await queue.addMany([second, removed]);
  expect(await queue.position(first.id)).toBe(2);
  expect(await queue.raisePriority(first.id, 1)).toBe(true);
  expect(await queue.remove(removed.id)).toBe('removed');
  const insight = createInsight(redis, keys, queue);
  const waiting = await insight.waiting();
  expect(waiting.reduce((sum, { jobs }) => sum + jobs, 0)).toBe(2);
  expect(await insight.overview()).toMatchObject({ globalLimit: 1, waiting: expect.any(Array) });
  expect((await insight.jobs([first.id])).length).toBe(1);
  const { ran, processor } = recorder();
  startWorker(keys, processor, { url });
  await waitFor(async () => (await queue.counts()).completed === 2);
  expect(ran).toEqual([first.id, second.id]);
  expect(await queue.states([first.id, removed.id])).toEqual(['completed', 'missing']);

  const signals = createSignals(redis, subscriber, keys);
  const cancelled: string[] = [];
  await signals.onCancel((id) => void cancelled.push(id)).ready;
  await signals.publishCancel('g');
  await waitFor(() => cancelled.length === 1);

  const heartbeat = createHeartbeat(redis, keys);
  await heartbeat.beat('w', 60_000);
  expect(await heartbeat.liveWorkers()).toBe(1);
  expect(await createReconcilerLock(redis, keys).hold('w', 60_000)).toBe(true);

  const limiter = createRequestLimiter(redis, keys, { limit: 1 });
  const order: string[] = [];
  const request = (name: string) =>
    limiter.run(new AbortController().signal, async () => {
      order.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(`${name} ends`);
    });
  await Promise.all([request('a'), request('b')]);
  expect(order.map((event) => event.split(' ')[1])).toEqual(['begins', 'ends', 'begins', 'ends']);

  const rate = createRateLimit(redis, keys, 'test', { times: 1, withinS: 60 });
  expect((await rate.attempt('u')).kind).toBe('allowed');
  expect((await rate.attempt('u')).kind).toBe('too_many');
});

it('a producer on a cluster fails fast as well, and works by itself afterwards', async () => {
  const { server, url } = await startCluster();
  const redis = createProducerRedis(url, { log: silentLog, name: 'cluster' });
  onTestFinished(() => closeRedis(redis));
  await waitUntilReady(redis, 5_000);
  const slots = createSlots(redis, testKeys());
  for (const [fail, mend] of [
    [() => server.freeze(), async () => server.unfreeze()],
    [() => server.stop(), () => server.restart()],
  ] as const) {
    await fail();
    const startedAt = performance.now();
    await expect(slots.list()).rejects.toThrow('unavailable');
    expect(performance.now() - startedAt).toBeLessThan(1_500);
    await mend();
    await waitFor(() => slots.list().then(() => true), { timeoutMs: 10_000 });
  }
});
