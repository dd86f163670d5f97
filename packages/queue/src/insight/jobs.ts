import type { Queue } from 'bullmq';

export interface JobTrace {
  readonly id: string;
  /** The stage. */
  readonly name: string;
  readonly state: string;
  /** Attempts that have begun. */
  readonly attempts: number;
  readonly maxAttempts: number;
  readonly addedAtMs: number;
  readonly startedAtMs: number | null;
  readonly finishedAtMs: number | null;
  readonly failedReason: string | null;
  /** The last log lines, the oldest first. */
  readonly lines: readonly string[];
  /** Lines that there are in all. */
  readonly lineCount: number;
}

/** Of each job; the rest is in Bull Board. */
const LINES_SHOWN = 50;

export async function readJobs(bull: Queue, jobIds: readonly string[]): Promise<JobTrace[]> {
  const found = await Promise.all(jobIds.map((id) => readJob(bull, id)));
  return found.filter((job) => job !== null);
}

async function readJob(bull: Queue, jobId: string): Promise<JobTrace | null> {
  const job = await bull.getJob(jobId);
  if (!job) return null;
  const [state, logs] = await Promise.all([job.getState(), bull.getJobLogs(jobId, -LINES_SHOWN, -1)]);
  return {
    id: jobId,
    name: job.name,
    state: state === 'prioritized' ? 'waiting' : state,
    attempts: job.attemptsStarted,
    maxAttempts: job.opts.attempts ?? 1,
    addedAtMs: job.timestamp,
    startedAtMs: job.processedOn ?? null,
    finishedAtMs: job.finishedOn ?? null,
    failedReason: job.failedReason || null,
    lines: logs.logs,
    lineCount: logs.count,
  };
}
