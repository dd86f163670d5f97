import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { STAGES, type Stage } from '@megacampus/domain/steps';
import type { CourseEngine } from '@megacampus/generation/engine';
import type { Logger } from '@megacampus/log';
import { checkEviction, type RedisClient, waitUntilReady } from '@megacampus/queue/connections';
import { JOB_CONTRACTS } from '@megacampus/queue/jobs';
import { createKeys, type Keys } from '@megacampus/queue/keys';
import { createAdminApp, startAdminServer } from './admin/admin-server.ts';
import { createWorkerMetrics } from './admin/metrics.ts';
import { checkReadiness } from './admin/readiness.ts';
import { startBackground } from './background.ts';
import { connect } from './dependencies.ts';
import { createEngine } from './engine.ts';
import type { WorkerEnv } from './env.ts';
import type { JobLog } from './job-log.ts';
import { createJobWorker } from './job-worker.ts';
import type { Loop } from './repeat.ts';
import { createJobRunner } from './run-job.ts';
import { RunningJobs } from './running-jobs.ts';
import { shutDown } from './shutdown.ts';
import { STAGE_HANDLERS } from './stages/stage-handlers.ts';
import { waitForServers } from './wait-for-servers.ts';

export interface WorkerOptions {
  readonly env: WorkerEnv;
  readonly log: Logger;
  readonly jobLog: JobLog;
  /** The engine the configuration asks for, unless given. */
  readonly engine?: CourseEngine;
  /** The production keys, unless given. */
  readonly keys?: Keys;
  /** Takes the place of the deadlines in the job contracts. */
  readonly deadlinesMs?: Partial<Record<Stage, number>>;
}

export interface StartedWorker {
  readonly workerId: string;
  readonly adminPort: number;
  /** Resolves when jobs are taken, or the worker is stopped before that. */
  readonly takingJobs: Promise<void>;
  /** Finishes or hands back what runs, then closes everything; at most 20 s. */
  stop(): Promise<void>;
}

/** How long a probe waits for a connection that is being made. */
const REDIS_READY_MS = 1_000;

/**
 * The composition root of the worker: makes everything it needs, starts it in order and closes it in reverse. The
 * admin server comes first, so that health can be seen while the other servers are still awaited.
 */
export async function startWorker(options: WorkerOptions): Promise<StartedWorker> {
  const { env } = options;
  const workerId = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
  const log = options.log.child({ workerId });
  const keys = options.keys ?? createKeys();
  const resources = new AsyncDisposableStack();
  const running = new RunningJobs();
  const deps = connect(env, keys, log, resources);
  const redis = async () => {
    await waitUntilReady(deps.producer, REDIS_READY_MS);
    await deps.producer.ping();
  };
  // Through the REST API, and straight where the worker has that way.
  const database = () => Promise.all([deps.store.globalLimit(), deps.store.loadGeneration('nobody')]);
  const probes = { redis, database };
  const metrics = createWorkerMetrics({ ...deps, defaultGlobalLimit: env.defaultGlobalLimit, running, probes });
  const run = createJobRunner({
    ...deps,
    handlers: STAGE_HANDLERS,
    stageDeps: {
      ...deps,
      workerMetrics: metrics,
      engine: options.engine ?? (await createEngine(env.ai && { ...env.ai, limiter: deps.modelWatch.limiter })),
    },
    deadlinesMs: { ...contractDeadlines(), ...options.deadlinesMs },
    running,
    jobLog: options.jobLog,
    workerMetrics: metrics,
  });
  const jobWorker = createJobWorker({
    concurrency: env.concurrency,
    telemetry: deps.telemetry,
    redis: deps.blocking,
    keys,
    name: workerId,
    run,
    running,
    metrics,
    log,
  });

  let takesJobs = false;
  const app = createAdminApp({
    queue: deps.queue.bull,
    credentials: env.admin.credentials,
    boardAccess: deps.boardAccess,
    boardTries: deps.boardTries,
    isAdmin: deps.admins.isAdmin,
    metrics,
    readiness: () => checkReadiness({ ...probes, takesJobs: () => takesJobs }),
    version: env.version,
    log,
  });
  const admin = await startAdminServer(app, env.admin.port);
  resources.defer(() => admin.close());

  const stopping = new AbortController();
  let background: Loop | undefined;
  const start = async () => {
    const servers = [
      { name: 'redis', check: redis },
      { name: 'database', check: database },
    ] as const;
    await waitForServers(servers, log, stopping.signal);
    if (stopping.signal.aborted) return;
    await reportEviction(deps.producer, log);
    deps.signals.onCancel((generationId) => running.interruptGeneration(generationId, 'cancelled'));
    background = startBackground({ deps, env, workerId, metrics, log });
    jobWorker.start();
    takesJobs = true;
    log.info({ concurrency: env.concurrency, adminPort: admin.port }, 'worker takes jobs');
  };
  const takingJobs = start();

  return {
    workerId,
    adminPort: admin.port,
    takingJobs,
    async stop() {
      stopping.abort();
      takesJobs = false;
      await takingJobs;
      await shutDown({
        closeQueue: () => jobWorker.close(),
        running,
        stopBackground: async () => background?.stop(),
        flush: () => Promise.all([deps.metrics.flush(), deps.deferred.idle(), deps.heartbeat.leave(workerId)]),
        closeAll: () => resources.disposeAsync(),
        log,
      });
    },
  };
}

/** Redis must not drop keys when its memory is full: a lost lease or job is lost work. Reported, not enforced. */
async function reportEviction(redis: RedisClient, log: Logger): Promise<void> {
  try {
    const policy = await checkEviction(redis);
    if (policy !== 'ok') log.error({ policy }, 'Redis may drop our data: set maxmemory-policy to noeviction');
  } catch (err) {
    log.warn({ err }, 'could not read the eviction policy of Redis; it must be noeviction');
  }
}

function contractDeadlines(): Record<Stage, number> {
  const entries = STAGES.map((stage) => [stage, JOB_CONTRACTS[stage].deadlineMs] as const);
  return Object.fromEntries(entries) as Record<Stage, number>;
}
