import type { JobsOptions, WorkerOptions } from 'bullmq';
import { JOB_CONTRACTS, type JobSpec, jobIdOf } from '../jobs/contracts.ts';

export const QUEUE_NAME = 'course-generation';

/** Longest that any job of ours is put off, in ms: by an outage. A failed attempt is followed by the next within 2 s. */
export const LONGEST_DELAY_MS = 10_000;

/** How a job of ours is kept and retried; each number in its one place. */
export function jobOptions(spec: JobSpec): JobsOptions {
  const { attempts, backoff } = JOB_CONTRACTS[spec.stage];
  return {
    jobId: jobIdOf(spec),
    priority: spec.priority,
    attempts,
    backoff: { type: 'exponential', delay: backoff.delayMs, jitter: backoff.jitter },
    // Enough to look back on; the database is the record of what was done.
    removeOnComplete: { count: 100 },
    // A failure stays until someone has looked at it.
    removeOnFail: false,
    // A stack of each of the three attempts, no more.
    stackTraceLimit: attempts,
    keepLogs: 1_000,
  };
}

/** Options of every BullMQ worker on this queue; concurrency and connection are its own. */
export const WORKER_OPTIONS = {
  // A killed worker's job is free after 6 s; a busy event loop has two renewals (every 3 s) before it is lost.
  lockDuration: 6_000,
  // Then found within 2 s: 8 s at worst, of the 15 s that the contract allows.
  stalledInterval: 2_000,
  // A job survives five workers dying under it. More often than that, it is what kills them.
  maxStalledCount: 5,
  // Seconds. A job handed back does not wake idle workers (BullMQ sets no marker), so they look once a second.
  drainDelay: 1,
  // After an outage of Redis a worker fetches, and reports results, after 1 s instead of 15 s: less than the lock.
  runRetryDelay: 1_000,
} as const satisfies Partial<WorkerOptions>;
