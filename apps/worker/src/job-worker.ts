import type { Logger } from '@megacampus/log';
import type { RedisClient } from '@megacampus/queue/connections';
import type { Keys } from '@megacampus/queue/keys';
import { QUEUE_NAME, WORKER_OPTIONS } from '@megacampus/queue/queue';
import { type Job, type Telemetry, Worker } from 'bullmq';
import type { WorkerMetrics } from './admin/metrics.ts';
import type { RunningJobs } from './running-jobs.ts';

export interface JobWorker {
  start(): void;
  /** Takes no more jobs; resolves when those that run have ended. */
  close(): Promise<void>;
}

interface JobWorkerOptions {
  readonly redis: RedisClient;
  readonly keys: Keys;
  readonly name: string;
  readonly concurrency: number;
  readonly run: (job: Job, token?: string) => Promise<unknown>;
  readonly running: RunningJobs;
  readonly telemetry?: Telemetry | undefined;
  readonly metrics: Pick<WorkerMetrics, 'jobTakenOver'>;
  readonly log: Logger;
}

/** BullMQ's worker on our queue. All stages are on the one queue and go through the one wrapper, `run`. */
export function createJobWorker(options: JobWorkerOptions): JobWorker {
  const { redis, keys, name, concurrency, run, running, telemetry, metrics, log } = options;
  const worker = new Worker(QUEUE_NAME, (job, token) => run(job, token), {
    ...WORKER_OPTIONS,
    connection: redis,
    prefix: keys.tag,
    name,
    concurrency,
    autorun: false,
    ...(telemetry ? { telemetry } : {}),
    // The eviction policy is checked and logged at the start; BullMQ would print it past the log.
    skipVersionCheck: true,
  });
  worker.on('error', (err) => log.warn({ err }, 'queue worker error'));
  worker.on('stalled', (jobId) => {
    metrics.jobTakenOver();
    log.warn({ jobId }, 'job of a worker that died; it will run again');
  });
  worker.on('lockRenewalFailed', (jobIds) => {
    for (const jobId of jobIds) running.interruptJob(jobId, 'lock_lost');
  });
  return {
    start() {
      worker.run().catch((err: unknown) => log.fatal({ err }, 'queue worker stopped'));
    },
    close: () => worker.close(),
  };
}
