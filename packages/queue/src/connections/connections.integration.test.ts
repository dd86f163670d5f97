import { UnavailableFault } from '@megacampus/domain/errors';
import { createLogger } from '@megacampus/log';
import { startRedis, type TestRedis } from '@megacampus/test-kit/servers';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createCourseQueue } from '../queue/queue.ts';
import { createSlots } from '../slots/slots.ts';
import { analysisJob, silentLog, testKeys } from '../testing/fixtures.ts';
import { recorder, startWorker } from '../testing/start-worker.ts';
import {
  checkEviction,
  closeRedis,
  createProducerRedis,
  PRODUCER_TIMEOUT_MS,
  type RedisClient,
  waitUntilReady,
} from './connections.ts';

/** Each test has a server of its own, to be stopped and frozen. */
async function ownRedis(): Promise<TestRedis> {
  const server = await startRedis();
  onTestFinished(() => server.close());
  return server;
}

function producer(url: string, log = silentLog): RedisClient {
  const redis = createProducerRedis(url, { log, name: 'producer' });
  onTestFinished(() => closeRedis(redis));
  return redis;
}

async function timed(work: () => Promise<unknown>): Promise<{ tookMs: number; error: unknown }> {
  const startedAt = performance.now();
  const error = await work().then(
    () => null,
    (reason: unknown) => reason,
  );
  return { tookMs: performance.now() - startedAt, error };
}

const reservation = (courseId: string) => ({
  courseId,
  userId: 'u',
  generationId: 'g',
  userLimit: 5,
  defaultGlobalLimit: 5,
  ttlMs: 60_000,
});

/** Everything a request does on Redis. */
function operations(redis: RedisClient) {
  const keys = testKeys();
  const [slots, queue] = [createSlots(redis, keys), createCourseQueue(redis, keys)];
  return {
    keys,
    queue,
    all: [
      () => slots.reserve(reservation('c')),
      () => slots.release(reservation('c')),
      () => slots.list(),
      () => queue.add(analysisJob(1)),
      () => queue.addMany([analysisJob(1), analysisJob(1)]),
      () => queue.remove('x'),
      () => queue.states(['x']),
      () => queue.position('x'),
      () => queue.counts(),
    ],
  };
}

describe('a producer', () => {
  it('fails at once while Redis is down, on everything, and works by itself when it is back', async () => {
    const server = await ownRedis();
    const redis = producer(server.url);
    await waitUntilReady(redis, 5_000);
    const { all } = operations(redis);
    for (const operation of all) await operation();

    await server.stop();
    for (const operation of all) {
      const { tookMs, error } = await timed(operation);
      expect(error).toBeInstanceOf(UnavailableFault);
      expect(tookMs).toBeLessThan(1_500);
    }

    await server.restart();
    for (const operation of all) await waitFor(() => operation().then(() => true), { timeoutMs: 5_000 });
  });

  it('fails within its timeout while Redis hangs, however long that lasts, and works by itself afterwards', async () => {
    const server = await ownRedis();
    const redis = producer(server.url);
    await waitUntilReady(redis, 5_000);
    const { all } = operations(redis);

    server.freeze();
    const results = await Promise.all(all.map(timed));
    for (const { tookMs, error } of results) {
      expect(error).toBeInstanceOf(UnavailableFault);
      expect(tookMs).toBeLessThan(PRODUCER_TIMEOUT_MS + 500);
    }
    // Until the dead socket has been dropped too, and reconnecting gets no answer either.
    await waitFor(() => redis.status !== 'ready', { timeoutMs: 10_000, what: 'the socket to be dropped' });
    expect((await timed(() => redis.ping())).tookMs).toBeLessThan(1_500);

    server.unfreeze();
    for (const operation of all) await waitFor(() => operation().then(() => true), { timeoutMs: 8_000 });
  });

  it('made while Redis is down, queue and all, works once it is up', async () => {
    const server = await ownRedis();
    await server.stop();
    const redis = producer(server.url);
    const { queue } = operations(redis);
    const { tookMs, error } = await timed(() => queue.add(analysisJob(1)));
    expect(error).toBeInstanceOf(UnavailableFault);
    expect(tookMs).toBeLessThan(1_500);
    await server.restart();
    await waitFor(() => queue.add(analysisJob(1)).then(() => true));
    expect(await queue.counts()).toMatchObject({ waiting: 1 });
  });

  it('says that it failed once at first, not at each attempt, and that it is back', async () => {
    const lines: { msg: string; connection: string }[] = [];
    const destination = { write: (line: string) => void lines.push(JSON.parse(line)) };
    const server = await ownRedis();
    const redis = producer(server.url, createLogger({ name: 'test', level: 'info', destination }));
    await waitUntilReady(redis, 5_000);
    let attempts = 0;
    redis.on('error', () => {
      attempts += 1;
    });
    await server.stop();
    await waitFor(() => attempts >= 5, { what: 'five attempts' });
    await server.restart();
    await waitUntilReady(redis, 5_000);
    expect(lines.map(({ msg }) => msg)).toEqual(['Redis connection failed', 'Redis connection is back']);
    expect(lines[0]?.connection).toBe('producer');
  });
});

describe('a worker', () => {
  it('waits while Redis is away, however long, and then goes on with what is added', async () => {
    const server = await ownRedis();
    const redis = producer(server.url);
    await waitUntilReady(redis, 5_000);
    const { keys, queue } = operations(redis);
    const { ran, processor } = recorder();
    const worker = startWorker(keys, processor, { url: server.url });
    await worker.waitUntilReady();
    await queue.add(analysisJob(1));
    await waitFor(() => ran.length === 1);

    await server.kill();
    await waitFor(() => redis.status === 'reconnecting');
    await server.restart();
    await waitFor(() => queue.add(analysisJob(1)).then(() => true));
    await waitFor(() => ran.length === 2, { timeoutMs: 10_000, what: 'a job after the outage' });
  });

  it('goes on after Redis has hung', async () => {
    const server = await ownRedis();
    const redis = producer(server.url);
    await waitUntilReady(redis, 5_000);
    const { keys, queue } = operations(redis);
    const { ran, processor } = recorder();
    await startWorker(keys, processor, { url: server.url }).waitUntilReady();
    server.freeze();
    expect((await timed(() => queue.counts())).error).toBeInstanceOf(UnavailableFault);
    server.unfreeze();
    await waitFor(() => queue.add(analysisJob(1)).then(() => true));
    await waitFor(() => ran.length === 1, { what: 'a job after the hang' });
  });
});

describe('checks and ends', () => {
  it('waitUntilReady gives up in time, with the reason', async () => {
    const server = await ownRedis();
    await server.stop();
    const { tookMs, error } = await timed(() => waitUntilReady(producer(server.url), 300));
    expect(error).toBeInstanceOf(UnavailableFault);
    expect((error as UnavailableFault).cause).toMatchObject({ code: 'ECONNREFUSED' });
    expect(tookMs).toBeLessThan(600);
  });

  it('checkEviction tells a policy that would drop leases and jobs', async () => {
    const server = await ownRedis();
    const redis = producer(server.url);
    await waitUntilReady(redis, 5_000);
    expect(await checkEviction(redis)).toBe('ok');
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    expect(await checkEviction(redis)).toBe('allkeys-lru');
  });

  it('closeRedis ends a connection in any state, in time', async () => {
    const server = await ownRedis();
    const [open, down, hung] = [producer(server.url), producer('redis://127.0.0.1:1'), producer(server.url)];
    await Promise.all([waitUntilReady(open, 5_000), waitUntilReady(hung, 5_000)]);
    await closeRedis(open);
    await closeRedis(open);
    server.freeze();
    for (const redis of [open, down, hung]) {
      expect((await timed(() => closeRedis(redis))).tookMs).toBeLessThan(1_000);
    }
    await waitFor(() => open.status === 'end' && hung.status === 'end', {
      timeoutMs: 1_000,
      what: 'both sockets to be closed',
    });
    server.unfreeze();
  });

  it('takes a password from the URL', async () => {
    const server = await ownRedis();
    const admin = producer(server.url);
    await waitUntilReady(admin, 5_000);
    await admin.config('SET', 'requirepass', 'p@ss:word');
    const redis = producer(server.url.replace('redis://', 'redis://:p%40ss%3Aword@'));
    await waitUntilReady(redis, 5_000);
    expect(await redis.ping()).toBe('PONG');
  });
});
