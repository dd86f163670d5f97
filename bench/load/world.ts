import { randomUUID } from 'node:crypto';
import { createServiceClient, type DbClient } from '@megacampus/db/clients';
import { createDirectAccess, createGenerationStore } from '@megacampus/db/generations';
import { createMetrics } from '@megacampus/db/metrics';
import type { Tier } from '@megacampus/domain/tiers';
import { createLogger, type Logger } from '@megacampus/log';
import { createOrchestratorDeps, type OrchestratorDeps } from '@megacampus/orchestrator/deps';
import {
  closeRedis,
  createProducerRedis,
  createSubscriberRedis,
  mastersOf,
  type RedisClient,
  waitUntilReady,
} from '@megacampus/queue/connections';
import { createKeys, type Keys } from '@megacampus/queue/keys';
import { createCourseQueue } from '@megacampus/queue/queue';
import { createSignals } from '@megacampus/queue/signals';
import { createSlots } from '@megacampus/queue/slots';
import type { LocalStack } from '@megacampus/stack/local-stack';
import { startThrowAwayStack } from '@megacampus/test-kit/own-stack';
import { startRedisCluster } from '@megacampus/test-kit/redis-cluster';
import { signUp, type TestUser } from '@megacampus/test-kit/users';
import pg from 'pg';

/** Every generation that a bench admits has room. */
const GLOBAL_LIMIT = 10_000;

/** The servers of one run, all of its own, and what the measures share of them. */
export interface World {
  readonly stack: LocalStack;
  readonly log: Logger;
  /** A connection as the web app has it. */
  readonly redis: RedisClient;
  /** A client as the web app has it. */
  readonly client: DbClient;
  /** The database's owner, past the API: for preparing and tidying up, never for what is measured. */
  sql(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
  /**
   * What the web app admits with, on Redis keys of its own, or on those of production; asking the database straight, or
   * through the REST API alone.
   */
  orchestrator(options?: { production?: boolean; restOnly?: boolean }): OrchestratorDeps & { readonly keys: Keys };
  /** A user with so many courses without a generation. */
  person(tier: Tier, courses: number): Promise<Person>;
  /** Removes every generation, the courses' state and the leases of `deps`. */
  forgetGenerations(deps: OrchestratorDeps & { readonly keys: Keys }): Promise<void>;
  /** The same, and removes the waiting jobs of `deps`. */
  tidy(deps: OrchestratorDeps & { readonly keys: Keys }): Promise<void>;
  /** Has `work` done at the end, the latest first. */
  defer(work: () => unknown): void;
}

export interface Person extends TestUser {
  readonly courseIds: readonly string[];
}

/** Starts the servers, Redis as one or as a Cluster of three. `await using` ends them with everything that was deferred. */
export async function createWorld({ cluster = false } = {}): Promise<World & AsyncDisposable> {
  const resources = new AsyncDisposableStack();
  try {
    const own = await startThrowAwayStack();
    resources.defer(() => own.stop());
    const stack = cluster ? { ...own, redisUrl: await clusterUrl(resources) } : own;
    return { ...(await open(stack, resources)), [Symbol.asyncDispose]: () => resources.disposeAsync() };
  } catch (err) {
    await resources.disposeAsync();
    throw err;
  }
}

async function clusterUrl(resources: AsyncDisposableStack): Promise<string> {
  const cluster = await startRedisCluster({ nodes: 3 });
  resources.defer(() => cluster.close());
  return cluster.url;
}

async function open(stack: LocalStack, resources: AsyncDisposableStack): Promise<World> {
  const log = createLogger({ name: 'bench', level: process.env['BENCH_LOG'] === '1' ? 'debug' : 'silent' });
  const owner = resources.adopt(new pg.Pool({ connectionString: stack.databaseUrl, max: 4 }), (pool) => pool.end());
  const redis = resources.adopt(createProducerRedis(stack.redisUrl, { log, name: 'bench' }), closeRedis);
  const subscriber = resources.adopt(createSubscriberRedis(stack.redisUrl, { log, name: 'bench-sub' }), closeRedis);
  // Every orchestrator of every measure listens on these two, for as long as the world is there.
  for (const connection of [redis, subscriber]) connection.setMaxListeners(0);
  await waitUntilReady(redis, 5_000);
  const client = createServiceClient({ url: stack.supabaseUrl, key: stack.serviceKey });
  const direct = resources.adopt(createDirectAccess({ url: stack.databaseUrl, log }), (access) => access.close());
  const sql: World['sql'] = async (text, values = []) => (await owner.query(text, values)).rows;

  const forgetGenerations: World['forgetGenerations'] = async ({ keys, metrics }) => {
    await metrics.flush();
    await sql('DELETE FROM public.generations');
    await sql(`UPDATE public.courses SET generation_id = NULL, generation_status = NULL, generation_progress = NULL,
      generation_started_at = NULL, last_progress_update = NULL WHERE generation_id IS NOT NULL`);
    await forgetKeys(redis, `${keys.tag}:slots*`);
  };

  return {
    stack,
    log,
    redis,
    client,
    sql,
    defer: (work) => resources.defer(async () => void (await work())),
    orchestrator({ production = false, restOnly = false } = {}) {
      const keys = production ? createKeys() : createKeys(`{bench-${randomUUID()}}`);
      const queue = createCourseQueue(redis, keys);
      resources.defer(() => queue.close());
      const deps = createOrchestratorDeps({
        store: createGenerationStore(client, restOnly ? undefined : direct),
        slots: createSlots(redis, keys),
        queue,
        signals: createSignals(redis, subscriber, keys),
        metrics: createMetrics(client, log),
        log,
        globalConcurrencyLimit: GLOBAL_LIMIT,
      });
      return { ...deps, keys };
    },
    async person(tier, courses) {
      const user = await signUp(stack, tier);
      return { ...user, courseIds: await addCourses(sql, user.userId, courses) };
    },
    forgetGenerations,
    async tidy(deps) {
      await forgetGenerations(deps);
      await deps.queue.bull.drain(true);
    },
  };
}

/** Many courses at once, in one statement. */
async function addCourses(sql: World['sql'], userId: string, count: number): Promise<string[]> {
  const rows = await sql(
    `INSERT INTO public.courses (user_id, title, language)
     SELECT $1, 'A course to be measured', 'en' FROM generate_series(1, $2) RETURNING id`,
    [userId, count],
  );
  return rows.map(({ id }) => String(id));
}

/** Deletes what matches; all of it must have one hash tag. */
export async function forgetKeys(redis: RedisClient, pattern: string): Promise<void> {
  for (const server of mastersOf(redis))
    for await (const found of server.scanStream({ match: pattern, count: 1000 })) {
      if (found.length > 0) await server.unlink(...found);
    }
}

/** Makes a script known wherever it may be called by its hash, which is answered. */
export async function knowScript(redis: RedisClient, source: string): Promise<string> {
  const hashes = await Promise.all(mastersOf(redis).map((server) => server.script('LOAD', source)));
  return String(hashes[0]);
}
