import { createServiceClient } from '@megacampus/db/clients';
import { createDirectAccess, createGenerationStore } from '@megacampus/db/generations';
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
import { borrowStack } from '@megacampus/test-kit/own-stack';
import { startTcpProxy, type TcpProxy } from '@megacampus/test-kit/tcp-proxy';
import { createCourse, signUp } from '@megacampus/test-kit/users';
import { type Job, Worker } from 'bullmq';
import { nanoid } from 'nanoid';
import pg from 'pg';
import { createOrchestratorDeps, type OrchestratorDeps } from '../deps.ts';

/** How the database is asked. */
export type Way = 'straight' | 'rest';

type Reach = Pick<LocalStack, 'redisUrl' | 'supabaseUrl' | 'databaseUrl'>;

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
  /** Both servers answer again, and `deps` has found that out. */
  recover(): Promise<void>;
  close(): Promise<void>;
}

const log = createLogger({ name: 'test', level: process.env['TEST_LOG'] === '1' ? 'debug' : 'silent' });

/** `way`: what the proxy of the database stands in front of, and `deps` asks. */
export async function createWorld({ way = 'straight' }: { way?: Way } = {}): Promise<World> {
  const stack = await borrowStack();
  const target = way === 'straight' ? stack.databaseUrl : stack.supabaseUrl;
  const [redis, database] = await Promise.all([startTcpProxy(stack.redisUrl), startTcpProxy(target)]);
  const owner = new pg.Pool({ connectionString: stack.databaseUrl, max: 2 });
  const keys = createKeys(`{test-${nanoid()}}`);
  const changed = way === 'straight' ? { databaseUrl: database.url } : { supabaseUrl: database.url };
  const proxied = await open(stack, keys, { ...stack, redisUrl: redis.url, ...changed }, way);
  const truth = await open(stack, keys, stack, 'rest');
  await teachScripts(truth.deps);
  return {
    stack,
    keys,
    redis,
    database,
    deps: proxied.deps,
    truth: truth.deps,
    bare: truth.producer,
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
    async recover() {
      await Promise.all([redis.restore(), database.restore()]);
      await waitUntilReady(proxied.producer, 5_000);
    },
    async close() {
      await owner.end();
      await proxied.close();
      await truth.close();
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

const GLOBAL_LIMIT = 100;

async function open(stack: LocalStack, keys: Keys, reach: Reach, way: Way) {
  const producer = createProducerRedis(reach.redisUrl, { log, name: 'test-producer' });
  const subscriber = createSubscriberRedis(reach.redisUrl, { log, name: 'test-subscriber' });
  await waitUntilReady(producer, 5_000);
  const client = createServiceClient({ url: reach.supabaseUrl, key: stack.serviceKey });
  const direct = way === 'straight' ? createDirectAccess({ url: reach.databaseUrl, log }) : undefined;
  const queue = createCourseQueue(producer, keys);
  const deps = createOrchestratorDeps({
    store: createGenerationStore(client, direct),
    slots: createSlots(producer, keys),
    queue,
    signals: createSignals(producer, subscriber, keys),
    metrics: createMetrics(client, log),
    log,
    globalConcurrencyLimit: GLOBAL_LIMIT,
  });
  const close = async () => {
    await deps.metrics.flush();
    await queue.close();
    await Promise.all([closeRedis(producer), closeRedis(subscriber), direct?.close()]);
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
