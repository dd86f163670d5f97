import { waitFor } from '@megacampus/test-kit/wait-for';
import { DelayedError, type Job, UnrecoverableError, WaitingError } from 'bullmq';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Keys } from './keys.ts';
import { type CourseQueue, createCourseQueue } from './queue/queue.ts';
import { analysisJob, connectForTest, testKeys } from './testing/fixtures.ts';
import { recorder, startWorker } from './testing/start-worker.ts';

/*
 * What our worker takes for granted about BullMQ, so that an upgrade which changes it is noticed here.
 */
const redis = connectForTest();
let keys: Keys;
let queue: CourseQueue;
beforeEach(() => {
  keys = testKeys();
  queue = createCourseQueue(redis, keys);
});

const load = async (id: string): Promise<Job> => {
  const job = await queue.bull.getJob(id);
  if (!job) throw new Error(`No job ${id}`);
  return job;
};
const reaches = (id: string, state: string) =>
  waitFor(async () => (await queue.state(id)) === state, { what: `job ${state}` });

describe('attempts', () => {
  it('fail three times: a failed event each, attemptsMade counted before it, failed for good only at the last', async () => {
    const spec = analysisJob(3);
    await queue.add(spec);
    const events: [number, boolean][] = [];
    const worker = startWorker(keys, async () => {
      throw new Error('again');
    });
    worker.on('failed', (job) => void events.push([job?.attemptsMade ?? 0, job?.finishedOn !== undefined]));
    for (let attempt = 1; attempt < 3; attempt++) {
      await waitFor(async () => events.length === attempt && (await queue.state(spec.id)) === 'delayed');
      await (await load(spec.id)).promote();
    }
    await reaches(spec.id, 'failed');
    // Its own report of the last attempt comes after the state that others see.
    await expect
      .poll(() => events)
      .toEqual([
        [1, false],
        [2, false],
        [3, true],
      ]);
    expect(await load(spec.id)).toMatchObject({ attemptsMade: 3, attemptsStarted: 3, failedReason: 'again' });
  });

  it('are not repeated after an UnrecoverableError', async () => {
    const spec = analysisJob(3);
    await queue.add(spec);
    startWorker(keys, async () => {
      throw new UnrecoverableError('permanent');
    });
    await reaches(spec.id, 'failed');
    expect(await load(spec.id)).toMatchObject({ attemptsMade: 1, attemptsStarted: 1 });
  });
});

describe('handing a job back', () => {
  it('by moveToWait and WaitingError uses no attempt, emits nothing, and another worker takes it first', async () => {
    const [handed, later] = [analysisJob(3), analysisJob(3)];
    await queue.add(handed);
    const { promise: stopping, resolve: stop } = Promise.withResolvers<void>();
    const events: string[] = [];
    const leaving = startWorker(
      keys,
      async (job, token) => {
        await stopping;
        await job.moveToWait(token);
        throw new WaitingError();
      },
      { concurrency: 1 },
    );
    for (const event of ['failed', 'completed', 'stalled'] as const) leaving.on(event, () => void events.push(event));
    await reaches(handed.id, 'active');
    await queue.add(later);
    const closed = leaving.close();
    stop();
    await closed;

    expect(await queue.state(handed.id)).toBe('waiting');
    expect(await load(handed.id)).toMatchObject({ attemptsMade: 0, attemptsStarted: 1, priority: 3 });
    const { ran, processor } = recorder();
    startWorker(keys, processor, { concurrency: 1 });
    await waitFor(() => ran.length === 2);
    expect(ran).toEqual([handed.id, later.id]);
    expect(events).toEqual([]);
  });

  it('is seen by a worker that idles within our drainDelay, though BullMQ does not wake it', async () => {
    const spec = analysisJob(3);
    await queue.add(spec);
    const { promise: stopping, resolve: stop } = Promise.withResolvers<void>();
    const leaving = startWorker(keys, async (job, token) => {
      await stopping;
      await job.moveToWait(token);
      throw new WaitingError();
    });
    await reaches(spec.id, 'active');
    const { ran, processor } = recorder();
    startWorker(keys, processor);
    // Until it has used up the marker that would still wake it, and blocks.
    await waitFor(async () => (await redis.exists(queue.bull.toKey('marker'))) === 0);
    const closed = leaving.close();
    stop();
    await closed;
    await waitFor(() => ran.length === 1, { timeoutMs: 3_000 });
  });

  it('by moveToDelayed and DelayedError uses no attempt, and the job runs again after the delay', async () => {
    const spec = analysisJob(3);
    await queue.add(spec);
    let runs = 0;
    startWorker(keys, async (job, token) => {
      runs += 1;
      if (runs > 4) return;
      await job.moveToDelayed(Date.now() + 10, token);
      throw new DelayedError();
    });
    await reaches(spec.id, 'completed');
    expect(await load(spec.id)).toMatchObject({ attemptsMade: 1, attemptsStarted: 5, priority: 3 });
  });
});

describe('a worker that dies', () => {
  const short = { lockDuration: 200, stalledInterval: 100 };

  /** Takes a job and never ends nor renews it, as a killed process. */
  async function takeAndDie(): Promise<Job> {
    const dying = startWorker(keys, null, { ...short, autorun: false, skipLockRenewal: true });
    const job = await waitFor(() => dying.getNextJob('dead-worker', { block: false }));
    return job;
  }

  it('loses its job to another, before all that waits, at no cost of an attempt', async () => {
    const [stalled, waiting] = [analysisJob(5), analysisJob(1)];
    await queue.add(stalled);
    await takeAndDie();
    await queue.add(waiting);
    await queue.bull.pause();
    const { ran, processor } = recorder();
    const stalledIds: string[] = [];
    const worker = startWorker(keys, processor, { ...short, concurrency: 1 });
    worker.on('stalled', (id) => void stalledIds.push(id));
    await waitFor(() => stalledIds.length === 1);
    expect(await queue.state(stalled.id)).toBe('waiting');
    expect(await queue.position(stalled.id)).toBe(1);
    await queue.bull.resume();
    await waitFor(() => ran.length === 2);
    expect(ran).toEqual([stalled.id, waiting.id]);
    expect(stalledIds).toEqual([stalled.id]);
    expect(await load(stalled.id)).toMatchObject({ attemptsMade: 1, attemptsStarted: 2, stalledCounter: 1 });
  });

  it('can no longer end the job it lost', async () => {
    const spec = analysisJob(5);
    await queue.add(spec);
    const lost = await takeAndDie();
    const { ran, processor } = recorder();
    startWorker(keys, processor, short);
    await waitFor(() => ran.length === 1);
    await expect(lost.moveToCompleted('late', 'dead-worker', false)).rejects.toThrow();
    await expect(lost.moveToWait('dead-worker')).rejects.toThrow();
    await reaches(spec.id, 'completed');
  });

  it('more often than maxStalledCount fails the job without running it, as a failed event of the next worker', async () => {
    const spec = analysisJob(5);
    await queue.add(spec);
    await takeAndDie();
    const { ran, processor } = recorder();
    const failures: string[] = [];
    const worker = startWorker(keys, processor, { ...short, maxStalledCount: 0 });
    worker.on('failed', (_job, error) => void failures.push(error.message));
    await reaches(spec.id, 'failed');
    expect(failures).toEqual(['job stalled more than allowable limit']);
    expect(ran).toEqual([]);
    expect(await load(spec.id)).toMatchObject({ attemptsMade: 1, stalledCounter: 1 });
  });
});

it('cancelJob aborts the signal of a processor that takes three parameters', async () => {
  const spec = analysisJob(3);
  await queue.add(spec);
  const worker = startWorker(keys, async (_job, _token, signal) => {
    const { promise, reject } = Promise.withResolvers<void>();
    signal?.addEventListener('abort', () => reject(new UnrecoverableError(String(signal.reason))));
    await promise;
  });
  await reaches(spec.id, 'active');
  expect(worker.cancelJob('another')).toBe(false);
  expect(worker.cancelJob(spec.id, 'cancelled')).toBe(true);
  await reaches(spec.id, 'failed');
  expect((await load(spec.id)).failedReason).toBe('cancelled');
});
