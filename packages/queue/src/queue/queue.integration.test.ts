import { PermanentFault } from '@megacampus/domain/errors';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { type Job, UnrecoverableError } from 'bullmq';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Keys } from '../keys.ts';
import { analysisJob, connectForTest, payloadBase, testKeys } from '../testing/fixtures.ts';
import { recorder, startWorker } from '../testing/start-worker.ts';
import { type CourseQueue, createCourseQueue } from './queue.ts';

const redis = connectForTest();
let keys: Keys;
let queue: CourseQueue;
beforeEach(() => {
  keys = testKeys();
  queue = createCourseQueue(redis, keys);
});

/** Jobs that end when the test says so. */
function gate() {
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  const { ran, processor } = recorder();
  return {
    ran,
    open,
    processor: async (job: Parameters<typeof processor>[0]) => {
      await processor(job);
      await opened;
    },
  };
}

const reaches = (jobId: string, state: string) =>
  waitFor(async () => (await queue.state(jobId)) === state, { what: `job ${state}` });

describe('add', () => {
  it('puts the whole payload on the queue, under the deterministic id', async () => {
    const spec = analysisJob(3);
    await queue.add(spec);
    const job = await queue.bull.getJob(spec.id);
    expect(job).toMatchObject({ name: 'structure_analysis', data: spec.payload, priority: 3 });
    expect(job?.opts).toMatchObject({ attempts: 3, backoff: { type: 'exponential', delay: 1_000, jitter: 0.5 } });
  });

  it('is one job, and one run, for the same id: while it waits, while it runs and when it has ended', async () => {
    const spec = analysisJob(3);
    await Promise.all([queue.add(spec), queue.add(spec), queue.addMany([spec, spec])]);
    expect(await queue.counts()).toMatchObject({ waiting: 1 });

    const { ran, open, processor } = gate();
    startWorker(keys, processor, { concurrency: 4 });
    await waitFor(() => ran.length === 1);
    await queue.addMany([spec, spec]);
    expect(await queue.counts()).toMatchObject({ waiting: 0, active: 1 });

    open();
    await reaches(spec.id, 'completed');
    await queue.add(spec);
    expect(await queue.counts()).toEqual({ waiting: 0, active: 0, delayed: 0, completed: 1, failed: 0 });
    expect(ran).toEqual([spec.id]);
  });

  it('refuses a payload that is not the stage’s, before anything is on the queue', async () => {
    const spec = analysisJob(3);
    await expect(queue.add({ ...spec, payload: { ...spec.payload, courseId: 'x' } })).rejects.toThrow(PermanentFault);
    await queue.addMany([]);
    expect(await queue.counts()).toMatchObject({ waiting: 0 });
  });

  it('keeps lessons of one generation apart', async () => {
    const base = payloadBase();
    const lessons = [1, 2, 3].map((lessonPosition) => ({
      stage: 'text_generation' as const,
      priority: 1,
      payload: { ...base, jobType: 'text_generation' as const, lessonId: crypto.randomUUID(), lessonPosition },
    }));
    await queue.addMany(lessons);
    await queue.addMany(lessons);
    expect(await queue.counts()).toMatchObject({ waiting: 3 });
  });
});

describe('remove', () => {
  it('takes a waiting job away for good, so that its id can be used again', async () => {
    const spec = analysisJob(3);
    await queue.add(spec);
    await (await queue.bull.getJob(spec.id))?.log('line');
    expect(await queue.remove(spec.id)).toBe('removed');
    expect(await queue.remove(spec.id)).toBe('gone');
    expect(await redis.keys(`${keys.tag}*${spec.id}*`)).toEqual([]);
    await queue.add(spec);
    expect(await queue.state(spec.id)).toBe('waiting');
  });

  it('says that a worker has the job, which goes on and completes', async () => {
    const spec = analysisJob(3);
    await queue.add(spec);
    const { ran, open, processor } = gate();
    startWorker(keys, processor);
    await waitFor(() => ran.length === 1);
    expect(await queue.remove(spec.id)).toBe('active');
    // A worker that froze: BullMQ's own removal would now delete the job under it.
    await redis.del(queue.bull.toKey(`${spec.id}:lock`));
    expect(await queue.remove(spec.id)).toBe('active');
    expect(await queue.state(spec.id)).toBe('active');
    await waitFor(async () => (await redis.exists(queue.bull.toKey(`${spec.id}:lock`))) === 0);
    open();
  });

  it('says that a job has ended, and leaves its record', async () => {
    const [good, bad] = [analysisJob(3), analysisJob(3)];
    await queue.addMany([good, bad]);
    startWorker(keys, async (job) => {
      if (job.id === bad.id) throw new UnrecoverableError('permanent');
    });
    await reaches(good.id, 'completed');
    await reaches(bad.id, 'failed');
    expect(await queue.remove(good.id)).toBe('ended');
    expect(await queue.remove(bad.id)).toBe('ended');
    expect(await queue.states([good.id, bad.id])).toEqual(['completed', 'failed']);
  });

  it('takes away a job that waits for its next attempt, and one that a dead worker had', async () => {
    const [retried, stalled] = [analysisJob(3), analysisJob(3)];
    await queue.add(retried);
    const failing = startWorker(keys, async () => {
      throw new Error('again');
    });
    await reaches(retried.id, 'delayed');
    await failing.close();
    expect(await queue.remove(retried.id)).toBe('removed');

    await queue.add(stalled);
    await redis.zrem(queue.bull.toKey('prioritized'), stalled.id);
    await redis.rpush(queue.bull.toKey('wait'), stalled.id);
    expect(await queue.state(stalled.id)).toBe('waiting');
    expect(await queue.position(stalled.id)).toBe(1);
    expect(await queue.remove(stalled.id)).toBe('removed');
    expect(await queue.counts()).toEqual({ waiting: 0, active: 0, delayed: 0, completed: 0, failed: 0 });
  });

  it('clears a record that is on no list, which would swallow the job when it is added again', async () => {
    const spec = analysisJob(3);
    await queue.add(spec);
    await redis.zrem(queue.bull.toKey('prioritized'), spec.id);
    expect(await queue.remove(spec.id)).toBe('gone');
    await queue.add(spec);
    expect(await queue.state(spec.id)).toBe('waiting');
  });

  it('against workers that take jobs at the same time: each job either ran or was removed', async () => {
    // Fewer than the 100 completed jobs that are kept, so that each still answers for itself.
    const specs = Array.from({ length: 90 }, () => analysisJob(3));
    await queue.addMany(specs);
    const { ran, processor } = recorder();
    const begun = Promise.withResolvers<void>();
    const firstRun = async (job: Job) => {
      begun.resolve();
      return await processor(job);
    };
    startWorker(keys, firstRun, { concurrency: 8 });
    await begun.promise;
    const outcomes = await Promise.all(specs.toReversed().map(({ id }) => queue.remove(id)));
    const removed = specs.toReversed().filter((_, index) => outcomes[index] === 'removed');
    await waitFor(() => ran.length === specs.length - removed.length, { what: 'the rest to run' });
    expect(removed.length).toBeGreaterThan(0);
    expect(ran.filter((id) => removed.some((spec) => spec.id === id))).toEqual([]);
    expect(outcomes).not.toContain('gone');
  });
});

describe('state', () => {
  it('tells each state apart, of many jobs at once and in their order', async () => {
    const [waiting, active, done] = [analysisJob(5), analysisJob(1), analysisJob(1)];
    await queue.add(done);
    const first = startWorker(keys, async () => {});
    await reaches(done.id, 'completed');
    await first.close();
    await queue.add(active);
    const { ran, open, processor } = gate();
    startWorker(keys, processor, { concurrency: 1 });
    await waitFor(() => ran.length === 1);
    await queue.add(waiting);

    expect(await queue.states([waiting.id, 'none', done.id, active.id])).toEqual([
      'waiting',
      'missing',
      'completed',
      'active',
    ]);
    expect(await queue.states([])).toEqual([]);
    expect(await queue.position(active.id)).toBeNull();
    open();
  });

  it('never calls a job missing that is on its way from one state to the next', async () => {
    const specs = Array.from({ length: 100 }, () => analysisJob(3));
    await queue.addMany(specs);
    const { ran, processor } = recorder();
    startWorker(keys, processor, { concurrency: 4 });
    const seen = new Set<string>();
    while (ran.length < specs.length) {
      for (const state of await queue.states(specs.map(({ id }) => id))) seen.add(state);
    }
    expect(seen).not.toContain('missing');
  });
});

describe('load', () => {
  it('gives a job with its payload, its state and why it failed', async () => {
    const [waiting, failed] = [analysisJob(3), analysisJob(3)];
    await queue.add(failed);
    startWorker(keys, async () => {
      throw new UnrecoverableError('unreadable');
    });
    await reaches(failed.id, 'failed');
    expect(await queue.load(failed.id)).toEqual({
      state: 'failed',
      payload: failed.payload,
      failedReason: 'unreadable',
    });
    expect(await queue.load(waiting.id)).toBeNull();
  });

  it('refuses data that is not a payload of ours', async () => {
    await queue.bull.add('finalization', { generationId: 1 }, { jobId: 'broken' });
    await queue.bull.add('unknown', {}, { jobId: 'unknown' });
    await expect(queue.load('broken')).rejects.toThrow(PermanentFault);
    await expect(queue.load('unknown')).rejects.toThrow(PermanentFault);
  });
});

it('keeps the last 100 completed jobs and every failed one', async () => {
  const specs = Array.from({ length: 130 }, () => analysisJob(3));
  const failing = new Set(specs.slice(0, 10).map(({ id }) => id));
  await queue.addMany(specs);
  startWorker(
    keys,
    async (job) => {
      if (failing.has(job.id ?? '')) throw new UnrecoverableError('permanent');
    },
    { concurrency: 8 },
  );
  await waitFor(async () => {
    const { waiting, active } = await queue.counts();
    return waiting + active === 0;
  });
  expect(await queue.counts()).toEqual({ waiting: 0, active: 0, delayed: 0, completed: 100, failed: 10 });
});

it('closes without closing the connection it was lent', async () => {
  await queue.counts();
  await queue.close();
  expect(await redis.ping()).toBe('PONG');
});
