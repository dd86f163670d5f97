import { UnavailableFault } from '@megacampus/domain/errors';
import { tierPolicy } from '@megacampus/domain/tiers';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createBudget } from './budget.ts';
import { cancelGeneration } from './cancel-generation.ts';
import type { OrchestratorDeps } from './deps.ts';
import { ensureAdmitted } from './ensure-admitted.ts';
import { firstJob } from './jobs.ts';
import { recordAdmission } from './record-admission.ts';
import { restoreLeases } from './restore-leases.ts';
import { startGeneration } from './start-generation.ts';
import { createWorld, interpose, type World } from './testing/world.ts';

/** What becomes of an admission whose slot Redis loses before step 1 is recorded. */

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

const inFlight = async () => (await world.truth.store.listInFlight()).map(({ id }) => id);
const start = (deps: OrchestratorDeps, { userId, courseIds }: { userId: string; courseIds: string[] }, index = 0) =>
  startGeneration(deps, { courseId: courseIds[index] ?? '', userId, requestId: 'r', webhookUrl: null });

it.each(['user', 'global'] as const)(
  'is undone when somebody has got its place: the limit (%s) holds',
  async (kind) => {
    const limit = kind === 'global' ? 1 : 100;
    const limited = (deps: OrchestratorDeps) => ({ ...deps, globalConcurrencyLimit: limit });
    const first = await world.person('FREE', 2);
    const second = kind === 'global' ? await world.person('FREE', 2) : first;
    const others: unknown[] = [];
    const deps = interpose(limited(world.truth), 'queue', 'add', 'before', async () => {
      await world.bare.flushall();
      others.push(await start(limited(world.truth), second, 1));
    });
    const details = { reason: `${kind}_limit`, [`current_${kind}_jobs`]: 1, [`${kind}_limit`]: 1 };
    expect(await start(deps, first)).toMatchObject({ kind: 'limit', details });
    expect(others).toMatchObject([{ kind: 'admitted' }]);
    expect(await inFlight()).toEqual([(others[0] as { generationId: string }).generationId]);
    expect((await world.truth.slots.list()).map(({ courseId }) => courseId)).toEqual([second.courseIds[1]]);
    expect(await world.truth.queue.bull.getJobs()).toHaveLength(1);
  },
);

it('of many generations of a user at once as many are recorded as the limits leave room for, without any slot', async () => {
  const { userId, courseIds } = await world.person('STANDARD', 12);
  const payloads = await Promise.all(courseIds.map((courseId) => payloadOf(userId, courseId)));
  const outcomes = await Promise.all(payloads.map((payload) => record(world.truth, payload)));
  const recorded = outcomes.filter(({ kind }) => kind === 'recorded');
  expect(recorded).toHaveLength(tierPolicy('STANDARD').concurrentGenerations);
  expect(await inFlight()).toHaveLength(recorded.length);
});

it('gets no slot back when it ends while slots are put back', async () => {
  const { userId, courseIds } = await world.person('FREE');
  const outcome = await start(world.truth, { userId, courseIds });
  if (outcome.kind !== 'admitted') throw new Error(outcome.kind);
  const ref = { userId, courseId: courseIds[0] ?? '', generationId: outcome.generationId };
  await world.bare.flushall();
  await restoreLeases(
    interpose(world.truth, 'store', 'listInFlight', 'after', () => cancelGeneration(world.truth, ref)),
  );
  expect(await world.truth.slots.list()).toEqual([]);
});

it('keeps no slot when Redis goes away while what it lost is being restored', async () => {
  const { userId, courseIds } = await world.person('STANDARD', 2);
  await start(world.truth, { userId, courseIds });
  await world.bare.flushall();
  let cuts = 0;
  const deps = interpose(world.deps, 'slots', 'release', 'before', async () => {
    cuts += 1;
    if (cuts === 1) await world.redis.cut();
  });
  await expect(start(deps, { userId, courseIds }, 1)).rejects.toBeInstanceOf(UnavailableFault);
  const held = async () => (await world.truth.slots.list()).map(({ courseId }) => courseId);
  expect(await held()).toEqual([courseIds[1]]);
  await world.redis.restore();
  await deps.deferred.idle();
  expect(await held()).toEqual([]);
});

it('goes on when the request records it while a worker finds no slot for it', async () => {
  const { userId, courseIds } = await world.person('FREE', 2);
  const payload = await payloadOf(userId, courseIds[0] ?? '');
  await world.truth.slots.reserve({ ...slotOf(userId, courseIds[1] ?? ''), generationId: 'course-gen-in-its-place' });
  const deps = interpose(world.truth, 'slots', 'reserve', 'after', async () => {
    if (!(await inFlight()).includes(payload.generationId)) await record(world.truth, payload);
  });
  expect(await ensureAdmitted(deps, payload)).toEqual({ kind: 'admitted' });
  expect(await inFlight()).toEqual([payload.generationId]);
  expect(await world.truth.slots.get(payload.courseId)).toMatchObject({ generationId: payload.generationId });
});

it('is not called admitted because a worker has ended its job, having found no slot for it', async () => {
  const person = await world.person('FREE', 2);
  const worker = world.work(async (job) => {
    await ensureAdmitted(world.truth, job.data);
  });
  const deps = interpose(world.truth, 'queue', 'add', 'before', async () => {
    await world.bare.flushall();
    const other = slotOf(person.userId, person.courseIds[1] ?? '');
    await world.truth.slots.reserve({ ...other, generationId: 'course-gen-in-its-place' });
  });
  const waiting = interpose(deps, 'queue', 'add', 'after', () => new Promise((done) => worker.once('completed', done)));
  expect(await start(waiting, person)).toMatchObject({ kind: 'rolled_back' });
  expect(await inFlight()).toEqual([]);
  await worker.close();
});

it('is undone when the database is away and its slot is lost, although a worker has its job', async () => {
  const person = await world.person('FREE');
  const { promise: over, resolve: finish } = Promise.withResolvers<void>();
  const worker = world.work(() => over);
  const deps = interpose(world.deps, 'queue', 'add', 'after', async () => {
    await expect.poll(() => world.truth.queue.counts()).toMatchObject({ active: 1 });
    await world.bare.del(world.keys.slots);
    await world.database.cut();
  });
  expect(await start(deps, person)).toMatchObject({ kind: 'rolled_back' });
  await world.database.restore();
  await world.deps.deferred.idle();
  finish();
  await worker.close();
  // Whatever the worker were to record now is refused.
  const rows = await world.sql(
    'select status, undone_at is not null as undone from public.generations where user_id = $1',
    [person.userId],
  );
  expect(rows).toEqual([{ status: 'failed', undone: true }]);
});

it('is not undone once a second request was told that it runs', async () => {
  const person = await world.person('FREE');
  const answers: unknown[] = [];
  const deps = interpose(world.deps, 'store', 'recordProgress', 'after', async () => {
    if (answers.length === 0) answers.push(await start(world.truth, person));
    // The record is there, and its own request never hears of it.
    throw new UnavailableFault('database');
  });
  const first = await start(deps, person);
  expect(answers).toMatchObject([{ kind: 'already_running' }]);
  const { generationId } = answers[0] as { generationId: string };
  expect(first).toMatchObject({ kind: 'admitted', generationId });
  await world.deps.deferred.idle();
  expect(await inFlight()).toEqual([generationId]);
  expect(await world.truth.queue.state(generationId)).toBe('waiting');
  expect(await world.truth.slots.get(person.courseIds[0] ?? '')).toMatchObject({ generationId });
});

it('keeps its slot when a worker is refused for it while the request records it', async () => {
  const { userId, courseIds } = await world.person('FREE');
  const payload = await payloadOf(userId, courseIds[0] ?? '');
  const strict = { ...world.truth, globalConcurrencyLimit: 1 };
  const other = await world.person('FREE');
  await record(world.truth, await payloadOf(other.userId, other.courseIds[0] ?? ''));
  const deps = interpose(strict, 'store', 'undoAdmission', 'before', () => record(world.truth, payload));
  await world.truth.slots.reserve({ ...slotOf(userId, payload.courseId), generationId: payload.generationId });
  expect(await ensureAdmitted(deps, payload)).toEqual({ kind: 'admitted' });
  expect(await world.truth.slots.get(payload.courseId)).toMatchObject({ generationId: payload.generationId });
});

const slotOf = (userId: string, courseId: string) => ({
  ...{ userId, courseId, userLimit: 1, defaultGlobalLimit: 100, ttlMs: 60_000 },
});

const record = (deps: OrchestratorDeps, payload: Awaited<ReturnType<typeof payloadOf>>) =>
  recordAdmission(deps, { ...payload, weight: 1 }, createBudget(5_000));

/** Of a first job that a request has enqueued but not recorded. */
async function payloadOf(userId: string, courseId: string) {
  const admission = await world.truth.store.loadAdmission(courseId);
  if (admission === null) throw new Error('There is no such course');
  const { payload } = firstJob({
    ...{ userId, courseId, organizationId: userId, requestId: 'r', webhookUrl: null, rewrite: null },
    generationId: `course-gen-${courseId.slice(0, 21)}`,
    ...{ tier: admission.tier, weight: 1, hasDocuments: false, brief: admission.course.brief },
    ...{ createdAt: new Date(), globalLimit: 100, inFlight: { user: 0, global: 0 } },
  });
  return payload;
}
