import { createAdminStore } from '@megacampus/db/admin';
import { createServiceClient } from '@megacampus/db/clients';
import { createCourseStore } from '@megacampus/db/courses';
import { createDocumentStore } from '@megacampus/db/documents';
import { createDirectAccess, createGenerationStore } from '@megacampus/db/generations';
import { createMetrics } from '@megacampus/db/metrics';
import { createTrashStore } from '@megacampus/db/trash';
import { createUploadStore } from '@megacampus/db/uploads';
import { createWebhookOutbox } from '@megacampus/db/webhooks';
import { createDocumentReader } from '@megacampus/generation/documents';
import type { Logger } from '@megacampus/log';
import { createOrchestratorDeps } from '@megacampus/orchestrator/deps';
import { createBoardAccess } from '@megacampus/queue/board-access';
import {
  closeRedis,
  createProducerRedis,
  createSubscriberRedis,
  createWorkerRedis,
} from '@megacampus/queue/connections';
import { createInsight } from '@megacampus/queue/insight';
import type { Keys } from '@megacampus/queue/keys';
import { createCourseQueue } from '@megacampus/queue/queue';
import { createRateLimit, type Rate } from '@megacampus/queue/rate-limits';
import { createHeartbeat, createReconcilerLock, createSignals } from '@megacampus/queue/signals';
import { createRequestLimiter, createSlots } from '@megacampus/queue/slots';
import { createQueueTracing } from '@megacampus/queue/tracing';
import type { WorkerEnv } from './env.ts';
import { watchModel } from './model-watch.ts';

/** A password is not found by trying. A page of Bull Board is a dozen requests at once, each with the password. */
const BOARD_TRIES: Rate = { times: 50, withinS: 300 };

export type Dependencies = ReturnType<typeof connect>;

/** Everything the worker talks to. Connecting goes on in the background: nothing here waits or fails. */
export function connect(env: WorkerEnv, keys: Keys, log: Logger, resources: AsyncDisposableStack) {
  const open = <T extends Parameters<typeof closeRedis>[0]>(redis: T): T => resources.adopt(redis, closeRedis);
  const producer = open(createProducerRedis(env.redisUrl, { log, name: 'worker' }));
  const blocking = open(createWorkerRedis(env.redisUrl, { log, name: 'worker-jobs' }));
  const subscriber = open(createSubscriberRedis(env.redisUrl, { log, name: 'worker-signals' }));

  const supabase = createServiceClient({ url: env.supabaseUrl, key: env.serviceKey });
  const direct =
    env.databaseUrl === null
      ? undefined
      : resources.adopt(createDirectAccess({ url: env.databaseUrl, log }), (access) => access.close());
  const metrics = createMetrics(supabase, log);
  const telemetry = env.isTraced ? createQueueTracing() : undefined;
  const queue = createCourseQueue(producer, keys, { telemetry });
  const signals = createSignals(producer, subscriber, keys);
  const reader = createDocumentReader();
  resources.defer(() => reader.close());
  resources.defer(() => queue.close());
  return {
    telemetry,
    producer,
    blocking,
    modelWatch: watchModel(
      createRequestLimiter(producer, keys, { limit: env.ai?.maxConcurrency ?? 1 }),
      env.ai?.model ?? null,
    ),
    insight: createInsight(producer, keys, queue),
    boardAccess: createBoardAccess(producer, keys, env.serviceKey),
    boardTries: createRateLimit(producer, keys, 'board', BOARD_TRIES),
    admins: createAdminStore(supabase),
    heartbeat: createHeartbeat(producer, keys),
    reconcilerLock: createReconcilerLock(producer, keys),
    outbox: createWebhookOutbox(supabase),
    documents: createDocumentStore(supabase),
    courses: createCourseStore(supabase),
    trash: createTrashStore(supabase),
    uploads: createUploadStore(supabase),
    reader,
    ...createOrchestratorDeps({
      store: createGenerationStore(supabase, direct),
      slots: createSlots(producer, keys),
      signals,
      queue,
      metrics,
      globalConcurrencyLimit: env.defaultGlobalLimit,
      log,
    }),
    signals,
  };
}
