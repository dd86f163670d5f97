import { createServiceClient } from '@megacampus/db/clients';
import { createGenerationStore } from '@megacampus/db/generations';
import { createMetrics } from '@megacampus/db/metrics';
import type { Tier } from '@megacampus/domain/tiers';
import { createLogger } from '@megacampus/log';
import {
  closeRedis,
  createProducerRedis,
  createSubscriberRedis,
  createWorkerRedis,
  type RedisClient,
  waitUntilReady,
} from '@megacampus/queue/connections';
import { createKeys, type Keys } from '@megacampus/queue/keys';
import { createCourseQueue, QUEUE_NAME, WORKER_OPTIONS } from '@megacampus/queue/queue';
import { createSignals } from '@megacampus/queue/signals';
import { createSlots } from '@megacampus/queue/slots';
import type { LocalStack } from '@megacampus/stack/local-stack';
import { startThrowAwayStack } from '@megacampus/test-kit/own-stack';
import { startTcpProxy, type TcpProxy } from '@megacampus/test-kit/tcp-proxy';
import { createCourse, signUp } from '@megacampus/test-kit/users';
import { type Job, Worker } from 'bullmq';
import { nanoid } from 'nanoid';
import pg from 'pg';
import { createOrchestratorDeps, type OrchestratorDeps } from '../deps.ts';

type Reach = { readonly redisUrl: string; readonly supabaseUrl: string };

/**
 * Real servers, seen twice: `deps` goes through proxies that a test can make fail, `truth` goes straight to the
 * servers and tells what really became of it.
 */
export interface World {
  readonly stack: LocalStack;
  readonly deps: OrchestratorDeps;
  readonly truth: OrchestratorDeps;
  readonly redis: TcpProxy;
  readonly database: TcpProxy;
  readonly keys: Keys;
  /** The truth's own Redis connection. */
  readonly bare: RedisClient;
  /** A user of `tier` with `courses` courses. */
  person(tier: Tier, courses?: number): Promise<{ userId: string; courseIds: string[] }>;
  /** A BullMQ worker on the world's queue that takes every job there is. The caller closes it. */
  work(processor: (job: Job) => Promise<unknown>): Worker;
  /** A statement as the database's owner. */
  sql(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

const log = createLogger({ name: 'test', level: process.env['TEST_LOG'] === '1' ? 'debug' : 'silent' });

export async function createWorld(options: { globalLimit?: number } = {}): Promise<World> {
  const stack = await startThrowAwayStack();
  const [redis, database] = await Promise.all([startTcpProxy(stack.redisUrl), startTcpProxy(stack.supabaseUrl)]);
  const owner = new pg.Pool({ connectionString: stack.databaseUrl, max: 2 });
  const keys = createKeys(`{test-${nanoid()}}`);
  const proxied = await open(stack, keys, { redisUrl: redis.url, supabaseUrl: database.url }, options.globalLimit);
  const direct = await open(stack, keys, stack, options.globalLimit);
  await teachScripts(direct.deps);
  return {
    stack,
    keys,
    redis,
    database,
    deps: proxied.deps,
    truth: direct.deps,
    bare: direct.producer,
    async person(tier, courses = 1) {
      const user = await signUp(stack, tier);
      const made = await Promise.all(Array.from({ length: courses }, () => createCourse(stack, user)));
      return { userId: user.userId, courseIds: made.map(({ id }) => id) };
    },
    work(processor) {
      const connection = createWorkerRedis(stack.redisUrl, { log, name: 'test-worker' });
      const worker = new Worker(QUEUE_NAME, processor, {
        connection,
        prefix: keys.tag,
        concurrency: 50,
        ...WORKER_OPTIONS,
      });
      worker.on('error', () => undefined);
      worker.on('closed', () => void closeRedis(connection));
      return worker;
    },
    sql: async (text, values = []) => (await owner.query<Record<string, unknown>>(text, values)).rows,
    async close() {
      await owner.end();
      await proxied.close();
      await direct.close();
      await Promise.all([redis.close(), database.close()]);
      await stack.stop();
    },
  };
}

/** Redis knows the scripts of a system that has been running for a while; an unknown one is sent twice. */
async function teachScripts({ slots }: OrchestratorDeps): Promise<void> {
  const holder = { courseId: 'warm-up', userId: 'warm-up', generationId: 'warm-up' };
  await slots.reserve({ ...holder, userLimit: 1, defaultGlobalLimit: 1, ttlMs: 1_000 });
  await slots.renew({ ...holder, ttlMs: 1_000 });
  await slots.release(holder);
}

async function open(stack: LocalStack, keys: Keys, reach: Reach, globalLimit = 100) {
  const producer = createProducerRedis(reach.redisUrl, { log, name: 'test-producer' });
  const subscriber = createSubscriberRedis(reach.redisUrl, { log, name: 'test-subscriber' });
  await waitUntilReady(producer, 5_000);
  const client = createServiceClient({ url: reach.supabaseUrl, key: stack.serviceKey });
  const queue = createCourseQueue(producer, keys);
  const deps = createOrchestratorDeps({
    store: createGenerationStore(client),
    slots: createSlots(producer, keys),
    queue,
    signals: createSignals(producer, subscriber, keys),
    metrics: createMetrics(client, log),
    log,
    globalConcurrencyLimit: globalLimit,
  });
  const close = async () => {
    await deps.metrics.flush();
    await queue.close();
    await Promise.all([closeRedis(producer), closeRedis(subscriber)]);
  };
  return { deps, producer, close };
}

/**
 * `deps` with something happening right before or right after one call; the call itself stays the real one.
 */
export function interpose<K extends 'store' | 'slots' | 'queue'>(
  deps: OrchestratorDeps,
  part: K,
  method: keyof OrchestratorDeps[K],
  when: 'before' | 'after',
  happening: () => unknown,
): OrchestratorDeps {
  const original = deps[part];
  const real = original[method] as (...args: unknown[]) => Promise<unknown>;
  const wrapped = async (...args: unknown[]) => {
    if (when === 'before') await happening();
    const result = await real.apply(original, args);
    if (when === 'after') await happening();
    return result;
  };
  return { ...deps, [part]: { ...original, [method]: wrapped } };
}
