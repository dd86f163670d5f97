import { LONGEST_DELAY_MS } from '@megacampus/queue/queue';
import { DelayedError, UnrecoverableError } from 'bullmq';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ORPHAN_AFTER_MS } from '../ensure-admitted.ts';
import { firstJob } from '../jobs.ts';
import { startGeneration } from '../start-generation.ts';
import { createWorld, type World } from '../testing/world.ts';
import { createReconcileMemory, type ReconcileReport, reconcileOnce } from './reconcile.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.bare.flushall();
  await world.sql("update public.courses set generation_status = 'cancelled' where generation_status is not null");
  await world.sql(
    "update public.generations set status = 'cancelled' where status not in ('completed', 'failed', 'cancelled')",
  );
});

/** Two passes, as a disagreement counts only when it is seen twice. */
async function reconcileTwice(): Promise<ReconcileReport[]> {
  const memory = createReconcileMemory();
  return [await reconcileOnce(world.truth, memory), await reconcileOnce(world.truth, memory)];
}

async function admit() {
  const { userId, courseIds } = await world.person('FREE');
  const courseId = courseIds[0] ?? '';
  const outcome = await startGeneration(world.truth, { courseId, userId, requestId: 'r', webhookUrl: null });
  if (outcome.kind !== 'admitted') throw new Error(outcome.kind);
  return { userId, courseId, generationId: outcome.generationId };
}

/** A lease of `generationId` that was reserved `agoMs` ago. */
async function oldLease(ref: { courseId: string; userId: string; generationId: string }, agoMs: number) {
  await world.truth.slots.reserve({ ...ref, userLimit: 1, defaultGlobalLimit: 100, ttlMs: 60_000 });
  const key = world.keys.courseSlot(ref.courseId);
  const reservedAtMs = Number(await world.bare.hget(key, 'reservedAtMs'));
  await world.bare.hset(key, 'reservedAtMs', String(reservedAtMs - agoMs));
}

const NOTHING = {
  leasesRestored: 0,
  leasesFreed: 0,
  jobsRestored: 0,
  jobsHastened: 0,
  failuresRecorded: 0,
  orphansRecovered: 0,
  errors: 0,
};

describe('the reconciler', () => {
  it('repairs nothing where all agrees', async () => {
    await admit();
    for (const report of await reconcileTwice()) expect(report).toMatchObject({ inFlight: 1, leases: 1, ...NOTHING });
  });

  it('rebuilds leases and jobs from the database when Redis has lost everything', async () => {
    const { courseId, generationId } = await admit();
    await world.bare.flushall();
    const [first, second] = await reconcileTwice();
    expect(first).toMatchObject({ leasesRestored: 1, jobsRestored: 0 });
    expect(second).toMatchObject({ leasesRestored: 0, jobsRestored: 1 });
    expect(await world.truth.queue.state(generationId)).toBe('waiting');
    expect(await world.truth.slots.get(courseId)).toMatchObject({ generationId });
    const events = await eventsOf(courseId);
    expect(events).toEqual(['orphaned_job_recovery']);
  });

  it('frees the slot of a generation that has ended, at once', async () => {
    const { courseId, generationId } = await admit();
    await world.truth.store.cancel({ courseId, generationId });
    const report = await reconcileOnce(world.truth, createReconcileMemory());
    expect(report).toMatchObject({ leasesFreed: 1 });
    expect(await world.truth.slots.get(courseId)).toBeNull();
  });

  it('frees the slot of an admission that died before it enqueued, but not of one under way', async () => {
    const { userId, courseIds } = await world.person('FREE');
    const ref = { courseId: courseIds[0] ?? '', userId, generationId: 'course-gen-dead' };
    await oldLease(ref, 0);
    for (const report of await reconcileTwice()) expect(report).toMatchObject(NOTHING);
    await oldLease(ref, ORPHAN_AFTER_MS);
    const [first, second] = await reconcileTwice();
    expect([first?.leasesFreed, second?.leasesFreed]).toEqual([0, 1]);
    expect(await world.truth.slots.get(ref.courseId)).toBeNull();
  });

  it('records step 1 of a job whose request died after enqueueing it', async () => {
    const { userId, courseIds } = await world.person('FREE');
    const courseId = courseIds[0] ?? '';
    const ref = { courseId, userId, generationId: 'course-gen-orphan' };
    await oldLease(ref, ORPHAN_AFTER_MS);
    await world.truth.queue.add(await orphanJob(ref));
    const [, second] = await reconcileTwice();
    expect(second).toMatchObject({ orphansRecovered: 1, leasesFreed: 0 });
    expect(await world.truth.store.loadGeneration(ref.generationId)).toMatchObject({ status: 'initializing' });
    expect(await eventsOf(courseId)).toEqual(['orphaned_job_recovery']);
  });

  it('removes the orphaned job of a course that was deleted, and frees its slot', async () => {
    const { userId, courseIds } = await world.person('FREE');
    const courseId = courseIds[0] ?? '';
    const ref = { courseId, userId, generationId: 'course-gen-homeless' };
    await oldLease(ref, ORPHAN_AFTER_MS);
    await world.truth.queue.add(await orphanJob(ref));
    await world.sql('delete from public.courses where id = $1', [courseId]);
    const [, second] = await reconcileTwice();
    expect(second).toMatchObject({ leasesFreed: 1, orphansRecovered: 0 });
    expect(await world.truth.queue.state(ref.generationId)).toBe('missing');
  });

  it('records the failure of a job that failed for good without anyone writing it down', async () => {
    const { courseId, generationId } = await admit();
    const worker = world.work(async () => {
      throw new UnrecoverableError('killed over and over');
    });
    await new Promise((resolve) => worker.once('failed', resolve));
    await worker.close();
    const [first, second] = await reconcileTwice();
    expect([first?.failuresRecorded, second?.failuresRecorded]).toEqual([0, 1]);
    expect(await world.truth.store.loadGeneration(generationId)).toMatchObject({ status: 'failed' });
    expect(await world.truth.slots.get(courseId)).toBeNull();
  });

  it('keeps the leases of waiting generations alive', async () => {
    const { courseId } = await admit();
    const before = await world.truth.slots.get(courseId);
    await world.bare.zadd(world.keys.slots, (before?.expiresAtMs ?? 0) - 30_000, courseId);
    await reconcileOnce(world.truth, createReconcileMemory());
    const after = await world.truth.slots.get(courseId);
    expect(after?.expiresAtMs ?? 0).toBeGreaterThan((before?.expiresAtMs ?? 0) - 30_000 + 1);
  });

  it('runs a job that a worker with a wrong clock has put off for minutes, and leaves other delays alone', async () => {
    const { generationId } = await admit();
    const putOff = (ms: number) =>
      world.bare.zadd(world.truth.queue.bull.toKey('delayed'), (Date.now() + ms) * 2 ** 12, generationId);
    const worker = world.work(async (job) => {
      await job.moveToDelayed(Date.now() + LONGEST_DELAY_MS, job.token);
      throw new DelayedError();
    });
    await expect.poll(() => world.truth.queue.state(generationId)).toBe('delayed');
    await worker.close();
    const once = () => reconcileOnce(world.truth, createReconcileMemory());
    expect(await once()).toMatchObject({ jobsHastened: 0 });
    for (const wrongMs of [10 * 60_000, -10 * 60_000]) {
      await world.bare.zrem(world.truth.queue.bull.toKey('prioritized'), generationId);
      await putOff(wrongMs);
      expect(await once()).toMatchObject({ jobsHastened: 1, errors: 0 });
      expect(await world.truth.queue.state(generationId)).toBe('waiting');
    }
  });

  it('runs a job that was put off so although its generation has ended meanwhile, so that it goes away', async () => {
    const { courseId, generationId } = await admit();
    await world.bare.zrem(world.truth.queue.bull.toKey('prioritized'), generationId);
    await world.bare.zadd(world.truth.queue.bull.toKey('delayed'), (Date.now() + 10 * 60_000) * 2 ** 12, generationId);
    await world.truth.store.cancel({ courseId, generationId });
    expect(await reconcileOnce(world.truth, createReconcileMemory())).toMatchObject({ jobsHastened: 1, errors: 0 });
    expect(await world.truth.queue.state(generationId)).toBe('waiting');
  });

  it('lets a job that has waited long rise in priority', async () => {
    const { generationId } = await admit();
    const before = await world.truth.queue.bull.getJob(generationId);
    await world.sql("update public.generations set created_at = now() - interval '20 minutes' where id = $1", [
      generationId,
    ]);
    const report = await reconcileOnce(world.truth, createReconcileMemory());
    expect(report.prioritiesRaised).toBe(1);
    const after = await world.truth.queue.bull.getJob(generationId);
    expect(before?.priority).toBe(10);
    expect(after?.priority).toBe(1);
  });

  it('brings the admin’s limit from the database to Redis', async () => {
    await world.truth.store.setGlobalLimit(7);
    expect(await reconcileOnce(world.truth, createReconcileMemory())).toMatchObject({ limitSynced: true });
    expect(await world.truth.slots.getGlobalLimit()).toBe(7);
    await world.sql('delete from public.settings');
    await reconcileOnce(world.truth, createReconcileMemory());
    expect(await world.truth.slots.getGlobalLimit()).toBeNull();
  });
});

async function orphanJob(ref: { courseId: string; userId: string; generationId: string }) {
  const admission = await world.truth.store.loadAdmission(ref.courseId);
  if (admission === null) throw new Error('no course');
  return firstJob({
    ...ref,
    organizationId: ref.userId,
    requestId: 'req-orphan',
    webhookUrl: null,
    tier: admission.tier,
    weight: 1,
    hasDocuments: false,
    brief: admission.course.brief,
    rewrite: null,
    createdAt: new Date(Date.now() - ORPHAN_AFTER_MS - 1_000),
    globalLimit: 100,
    inFlight: { user: 0, global: 0 },
  });
}

async function eventsOf(courseId: string): Promise<unknown[]> {
  await world.truth.metrics.flush();
  const rows = await world.sql('select event_type from public.system_metrics where course_id = $1', [courseId]);
  return rows.map((row) => row['event_type']);
}
