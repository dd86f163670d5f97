import { setTimeout as pause } from 'node:timers/promises';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cancelGeneration } from './cancel-generation.ts';
import { type StartOutcome, startGeneration } from './start-generation.ts';
import { createWorld, interpose, type World } from './testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const start = (courseId: string, userId: string, webhookUrl: string | null = null) =>
  startGeneration(world.deps, { courseId, userId, requestId: 'req-test', webhookUrl });

async function admitted(outcome: Promise<StartOutcome>): Promise<string> {
  const result = await outcome;
  if (result.kind !== 'admitted') throw new Error(`expected an admission, not ${result.kind}`);
  return result.generationId;
}

describe('admission', () => {
  it('reserves, enqueues and records: 20 % and step 1 completed right afterwards', async () => {
    const { userId, courseIds } = await world.person('PREMIUM');
    const courseId = courseIds[0] ?? '';
    const generationId = await admitted(start(courseId, userId));

    expect(generationId).toMatch(/^course-gen-[\w-]{21}$/);
    expect(await world.truth.queue.state(generationId)).toBe('waiting');
    expect(await world.truth.slots.get(courseId)).toMatchObject({ generationId, userId });
    const state = await world.truth.store.loadGeneration(generationId);
    expect(state).toMatchObject({ status: 'initializing', current: true, tier: 'PREMIUM', weight: 10 });
    const admission = await world.truth.store.loadAdmission(courseId);
    expect(admission?.course.generation_progress).toMatchObject({
      percentage: 20,
      steps: [{ id: 1, status: 'completed' }, {}, {}, {}, {}],
    });
    const job = await world.truth.queue.load(generationId);
    expect(job?.payload).toMatchObject({ generationId, courseId, userId, tier: 'PREMIUM', title: 'A test course' });
  });

  it('answers 50 simultaneous requests for one course with one generation', async () => {
    const { userId, courseIds } = await world.person('PREMIUM');
    const courseId = courseIds[0] ?? '';
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => start(courseId, userId)));

    const ids = new Set(outcomes.map((outcome) => ('generationId' in outcome ? outcome.generationId : outcome.kind)));
    expect(ids.size).toBe(1);
    expect(outcomes.filter(({ kind }) => kind === 'admitted')).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind === 'already_running')).toHaveLength(49);
    expect(await world.truth.slots.counts(userId)).toMatchObject({ userJobs: 1 });
  });

  it('waits for a slow database to say what the holder of the slot is doing, as long as it has time', async () => {
    const { userId, courseIds } = await world.person('PREMIUM');
    const request = { courseId: courseIds[0] ?? '', userId, requestId: 'req-test', webhookUrl: null };
    const enqueued = Promise.withResolvers<void>();
    const slowToRecord = interpose(world.deps, 'store', 'recordProgress', 'before', async () => {
      enqueued.resolve();
      await pause(1_000);
    });
    const first = startGeneration(slowToRecord, request);
    await enqueued.promise;
    const slowToLook = interpose(world.deps, 'store', 'loadGeneration', 'before', () => pause(2_000));
    const second = await startGeneration(slowToLook, request);
    expect(second).toMatchObject({ kind: 'already_running', generationId: await admitted(first) });
  });

  it('admits exactly the tier’s limit of 50 simultaneous requests for 50 courses', async () => {
    const { userId, courseIds } = await world.person('STANDARD', 50);
    const outcomes = await Promise.all(courseIds.map((courseId) => start(courseId, userId)));

    expect(outcomes.filter(({ kind }) => kind === 'admitted')).toHaveLength(3);
    const refused = outcomes.filter((outcome) => outcome.kind === 'limit');
    expect(refused).toHaveLength(47);
    expect(refused[0]).toMatchObject({
      details: { reason: 'user_limit', tier: 'STANDARD', user_limit: 3, current_user_jobs: 3, global_limit: 100 },
    });
    expect(await world.truth.slots.counts(userId)).toMatchObject({ userJobs: 3 });
    expect(await world.truth.store.listInFlight()).toSatisfy(
      (all: { user_id: string }[]) => all.filter((one) => one.user_id === userId).length === 3,
    );
  });

  it('holds the global limit, takes a changed one over at the next admission, and says which it was', async () => {
    const { globalJobs } = await world.truth.slots.counts('nobody');
    const { userId, courseIds } = await world.person('PREMIUM', 2);
    await world.truth.store.setGlobalLimit(globalJobs + 1);
    await world.truth.slots.setGlobalLimit(globalJobs + 1);
    await admitted(start(courseIds[0] ?? '', userId));
    const refused = await start(courseIds[1] ?? '', userId);
    expect(refused).toMatchObject({
      kind: 'limit',
      details: { reason: 'global_limit', global_limit: globalJobs + 1, current_global_jobs: globalJobs + 1 },
    });
    await world.truth.slots.setGlobalLimit(1_000);
    await world.truth.store.setGlobalLimit(1_000);
    await admitted(start(courseIds[1] ?? '', userId));
  });

  it('is refused for a course of somebody else, and for one that does not exist, without a slot', async () => {
    const [owner, other] = await Promise.all([world.person('PREMIUM'), world.person('PREMIUM')]);
    expect(await start(owner.courseIds[0] ?? '', other.userId)).toEqual({ kind: 'forbidden' });
    expect(await start('01890a5d-ac96-774b-bcce-b302099a8057', other.userId)).toEqual({ kind: 'not_found' });
    expect(await world.truth.slots.counts(other.userId)).toMatchObject({ userJobs: 0 });
  });

  it('takes the slot of a generation over that has ended but not yet released it', async () => {
    const { userId, courseIds } = await world.person('FREE');
    const courseId = courseIds[0] ?? '';
    const first = await admitted(start(courseId, userId));
    await world.truth.store.cancel({ courseId, generationId: first });
    expect(await world.truth.slots.get(courseId)).toMatchObject({ generationId: first });
    const second = await admitted(start(courseId, userId));
    expect(second).not.toBe(first);
    expect(await world.truth.slots.get(courseId)).toMatchObject({ generationId: second });
  });

  it('keeps the limits when Redis has lost its leases', async () => {
    const { userId, courseIds } = await world.person('BASIC', 3);
    await admitted(start(courseIds[0] ?? '', userId));
    await admitted(start(courseIds[1] ?? '', userId));
    await world.bare.flushall();
    expect(await start(courseIds[2] ?? '', userId)).toMatchObject({ kind: 'limit', details: { current_user_jobs: 2 } });
  });

  it('gives a running generation its lease and job back before saying that it runs', async () => {
    const { userId, courseIds } = await world.person('FREE');
    const courseId = courseIds[0] ?? '';
    const generationId = await admitted(start(courseId, userId));
    await world.bare.flushall();
    expect(await start(courseId, userId)).toEqual({ kind: 'already_running', generationId, tier: expect.any(String) });
    expect(await world.truth.queue.state(generationId)).toBe('waiting');
    expect(await world.truth.slots.get(courseId)).toMatchObject({ generationId });
  });

  it('takes over from an admission that died between reserving and enqueueing', async () => {
    const { userId, courseIds } = await world.person('FREE');
    const courseId = courseIds[0] ?? '';
    const dead = 'course-gen-dead-admission-0001';
    await world.truth.slots.reserve({
      courseId,
      userId,
      generationId: dead,
      userLimit: 1,
      defaultGlobalLimit: 1_000,
      ttlMs: 60_000,
    });
    // As if it had happened ten seconds ago.
    const reservedAtMs = Number(await world.bare.hget(world.keys.courseSlot(courseId), 'reservedAtMs'));
    await world.bare.hset(world.keys.courseSlot(courseId), 'reservedAtMs', String(reservedAtMs - 10_000));
    const generationId = await admitted(start(courseId, userId));
    expect(await world.truth.slots.get(courseId)).toMatchObject({ generationId });
  });
});

describe('cancel', () => {
  it('removes the waiting job, frees the slot, and lets the course be generated again', async () => {
    const { userId, courseIds } = await world.person('FREE');
    const courseId = courseIds[0] ?? '';
    const generationId = await admitted(start(courseId, userId));
    const cancel = () => cancelGeneration(world.deps, { generationId, courseId, userId });

    expect(await cancel()).toEqual({ kind: 'cancelled' });
    expect(await world.truth.queue.state(generationId)).toBe('missing');
    expect(await world.truth.slots.get(courseId)).toBeNull();
    expect(await world.truth.store.loadGeneration(generationId)).toMatchObject({ status: 'cancelled' });
    expect(await cancel()).toEqual({ kind: 'ended', status: 'cancelled' });
    await admitted(start(courseId, userId));
  });

  it('stands when Redis is down, and is carried out once Redis is back', async () => {
    const { userId, courseIds } = await world.person('FREE');
    const courseId = courseIds[0] ?? '';
    const generationId = await admitted(start(courseId, userId));
    await world.redis.cut();
    try {
      expect(await cancelGeneration(world.deps, { generationId, courseId, userId })).toEqual({ kind: 'cancelled' });
    } finally {
      await world.redis.restore();
    }
    await waitFor(async () => (await world.truth.slots.get(courseId)) === null, { what: 'the slot to be freed' });
    expect(await world.truth.queue.state(generationId)).toBe('missing');
  });
});
