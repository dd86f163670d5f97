import type { Logger } from '@megacampus/log';
import type { RunningJobs } from './running-jobs.ts';

/** How long running jobs may go on after a shutdown was asked for, before they are handed back. */
const DRAIN_MS = 15_000;

/** For handing back. */
const HAND_BACK_MS = 3_000;

/** For what is still to be stored, where the jobs have left that much time, and what it gets in any case, as does closing. */
const FLUSH_MS = 3_000;
const CLOSE_MS = 700;

/** For all of it: less than the 20 s that a supervisor waits. */
const STOP_MS = DRAIN_MS + HAND_BACK_MS + 2 * CLOSE_MS;

interface Shutdown {
  /** Takes no more jobs; resolves when those that run have ended. */
  readonly closeQueue: () => Promise<void>;
  readonly running: RunningJobs;
  readonly stopBackground: () => Promise<void>;
  /** What is still on its way to the servers. */
  readonly flush: () => Promise<unknown>;
  /** Closes everything that was opened, in reverse. */
  readonly closeAll: () => Promise<void>;
  readonly log: Logger;
}

/**
 * Ends the worker in good order and in bounded time: no more jobs are taken, those that run may finish, and what
 * still runs then goes back to the queue, where another worker takes it without an attempt being used up.
 */
export async function shutDown(worker: Shutdown): Promise<void> {
  const { running, log } = worker;
  const endsAt = Date.now() + STOP_MS;
  log.info({ jobs: running.size }, 'shutting down');
  const queueClosed = worker.closeQueue();
  const backgroundStopped = worker.stopBackground();
  const drained = await running.drained(DRAIN_MS);
  const handedBack = running.shutDown();
  const closed = await inTime(Promise.all([queueClosed, backgroundStopped]), HAND_BACK_MS);
  if (!closed) log.warn({ jobs: running.size }, 'jobs did not end in time; their locks will run out');
  const leftMs = endsAt - CLOSE_MS - Date.now();
  const flushed = await inTime(worker.flush(), Math.max(CLOSE_MS, Math.min(FLUSH_MS, leftMs)));
  if (!flushed) log.warn('the servers did not take in time what was still to be stored');
  await inTime(worker.closeAll(), CLOSE_MS);
  log.info({ drained, handedBack }, 'shut down');
}

/** Whether `work` was done within `timeoutMs`. A failure counts as done: at the end there is nobody to mend it. */
async function inTime(work: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), timeoutMs);
  const done = work.then(
    () => true,
    () => true,
  );
  try {
    return await Promise.race([done, late]);
  } finally {
    clearTimeout(timer);
  }
}
