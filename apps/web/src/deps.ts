import { type AdminStore, createAdminStore } from '@megacampus/db/admin';
import { createServiceClient } from '@megacampus/db/clients';
import { createDirectAccess, createGenerationStore } from '@megacampus/db/generations';
import { createLessonStore, type LessonStore } from '@megacampus/db/lessons';
import { createMetrics, type Metrics } from '@megacampus/db/metrics';
import { createReadingStore, createShareStore, type ReadingStore, type ShareStore } from '@megacampus/db/reading';
import { createTrashStore, type TrashStore } from '@megacampus/db/trash';
import { createUploadStore, type UploadStore } from '@megacampus/db/uploads';
import { createLogger, type Logger } from '@megacampus/log';
import { createOrchestratorDeps, type OrchestratorDeps } from '@megacampus/orchestrator/deps';
import { type BoardAccess, createBoardAccess } from '@megacampus/queue/board-access';
import {
  checkEviction,
  createProducerRedis,
  createSubscriberRedis,
  type RedisClient,
  waitUntilReady,
} from '@megacampus/queue/connections';
import { createInsight, type Insight } from '@megacampus/queue/insight';
import { createKeys } from '@megacampus/queue/keys';
import { createCourseQueue } from '@megacampus/queue/queue';
import { createHeartbeat, createSignals } from '@megacampus/queue/signals';
import { createSlots } from '@megacampus/queue/slots';
import { createQueueTracing } from '@megacampus/queue/tracing';
import { type Env, readEnv } from './env.ts';
import type { AuthDeps } from './http/auth/authenticate.ts';
import { AUTH_TIMEOUT_MS } from './http/auth/session-client.ts';
import { createTokenVerifier } from './http/auth/verify-token.ts';
import { type CourseStates, createCourseStates } from './http/course-states.ts';
import { createProgressWatch, type ProgressWatch } from './http/events/progress-watch.ts';
import { createStreamGate, type StreamGate } from './http/events/stream-gate.ts';
import { createProbes, type Probes } from './http/probes.ts';
import { createRateLimits, type RateLimits } from './http/rate-limits.ts';
import { createWebMetrics, type WebMetrics } from './http/web-metrics.ts';

/** Everything the web app's server side works with; made once a process. */
export interface Deps {
  readonly env: Env;
  readonly log: Logger;
  readonly auth: AuthDeps;
  readonly orchestrator: OrchestratorDeps;
  readonly courseStates: CourseStates;
  readonly reading: ReadingStore;
  readonly lessons: LessonStore;
  readonly shares: ShareStore;
  readonly trash: TrashStore;
  readonly uploads: UploadStore;
  readonly admin: AdminStore;
  /** What admins see of Redis. */
  readonly insight: Insight;
  readonly boardAccess: BoardAccess;
  /** Reads what a link to a course gives access to: row-level security does not apply. */
  readonly sharedReader: ReturnType<typeof createServiceClient>;
  readonly watchProgress: ProgressWatch;
  readonly streams: StreamGate;
  readonly rateLimits: RateLimits;
  readonly metrics: WebMetrics;
  readonly probes: Probes;
  /** Aborts when the process is told to end; open streams end with it. */
  readonly shutdown: AbortSignal;
  /** Lets open streams end and stores what is left to store. Connections stay: requests under way need them, until Next exits. */
  beginShutdown(): Promise<void>;
}

/** Longest call to the database of one request. */
const DATABASE_TIMEOUT_MS = 3_000;

/** The composition root. */
function createDeps(env: Env): Deps {
  const log = createLogger({ name: 'web', level: env.LOG_LEVEL, pretty: env.NODE_ENV === 'development' });
  const keys = createKeys();
  const redis = createProducerRedis(env.REDIS_URL, { log, name: 'web-producer' });
  const subscriber = createSubscriberRedis(env.REDIS_URL, { log, name: 'web-subscriber' });
  const service = { url: env.SUPABASE_URL, key: env.secretKey };
  const client = createServiceClient({ ...service, timeoutMs: DATABASE_TIMEOUT_MS });
  const authClient = createServiceClient({ ...service, timeoutMs: AUTH_TIMEOUT_MS });
  const direct = env.DATABASE_URL
    ? createDirectAccess({ url: env.DATABASE_URL, log, timeoutMs: DATABASE_TIMEOUT_MS })
    : undefined;
  const store = createGenerationStore(client, direct);
  const signals = createSignals(redis, subscriber, keys);
  const telemetry = env.OTEL_EXPORTER_OTLP_ENDPOINT ? createQueueTracing() : undefined;
  const queue = createCourseQueue(redis, keys, { telemetry });
  const metrics: Metrics = createMetrics(client, log);
  const webMetrics = createWebMetrics();
  const stop = new AbortController();
  void reportEviction(redis, log);

  return {
    env,
    log,
    auth: {
      verifyToken: createTokenVerifier({
        supabaseUrl: env.SUPABASE_URL,
        jwtSecret: env.SUPABASE_JWT_SECRET,
        client: authClient,
      }),
      supabaseUrl: env.SUPABASE_URL,
      publishableKey: env.publishableKey,
    },
    orchestrator: createOrchestratorDeps({
      store,
      slots: createSlots(redis, keys),
      queue,
      signals,
      metrics,
      log,
      globalConcurrencyLimit: env.GLOBAL_CONCURRENCY_LIMIT,
    }),
    courseStates: createCourseStates(client),
    reading: createReadingStore(client),
    lessons: createLessonStore(client),
    shares: createShareStore(client),
    trash: createTrashStore(client),
    uploads: createUploadStore(client),
    admin: createAdminStore(client),
    insight: createInsight(redis, keys, queue),
    boardAccess: createBoardAccess(redis, keys, env.workerKey),
    sharedReader: client,
    watchProgress: createProgressWatch(signals),
    streams: createStreamGate(),
    metrics: webMetrics,
    rateLimits: createRateLimits(redis, keys, { factor: env.RATE_LIMIT_FACTOR, onRefused: webMetrics.tooManyTries }),
    probes: createProbes({ redis, client, store, queue, heartbeat: createHeartbeat(redis, keys) }),
    shutdown: stop.signal,
    async beginShutdown() {
      stop.abort();
      await metrics.flush();
    },
  };
}

/** A Redis that drops keys when full loses jobs and leases: said loudly, as soon as it can be known. */
async function reportEviction(redis: RedisClient, log: Logger): Promise<void> {
  try {
    await waitUntilReady(redis, 10_000);
    const policy = await checkEviction(redis);
    if (policy !== 'ok') log.error({ policy }, 'Redis must run with maxmemory-policy noeviction');
  } catch (err) {
    log.warn({ err }, 'Redis was not checked at start');
  }
}

/** Next bundles each route by itself; the process is what they share. */
const holder = globalThis as typeof globalThis & { megacampusWebDeps?: Deps };

/** The process's dependencies, made at the first call. @throws Error that lists all problems of the configuration. */
export function getDeps(): Deps {
  holder.megacampusWebDeps ??= createDeps(readEnv());
  return holder.megacampusWebDeps;
}
