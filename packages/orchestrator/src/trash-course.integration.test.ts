import { createServiceClient } from '@megacampus/db/clients';
import { createTrashStore } from '@megacampus/db/trash';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { OrchestratorDeps } from './deps.ts';
import { startGeneration } from './start-generation.ts';
import { createWorld, interpose, type World } from './testing/world.ts';
import { trashCourse } from './trash-course.ts';

let world: World;
let trash: ReturnType<typeof createTrashStore>;
beforeAll(async () => {
  world = await createWorld();
  trash = createTrashStore(createServiceClient({ url: world.stack.supabaseUrl, key: world.stack.serviceKey }));
});
afterAll(() => world.close());
afterEach(async () => {
  await Promise.all([world.redis.restore(), world.database.restore()]);
});

async function course() {
  const { userId, courseIds } = await world.person('FREE');
  return { userId, courseId: courseIds[0] ?? '' };
}
type Course = Awaited<ReturnType<typeof course>>;

const start = (deps: OrchestratorDeps, of: Course) =>
  startGeneration(deps, { ...of, requestId: 'req-trash', webhookUrl: null });
const jobsOf = async ({ courseId }: Course) =>
  (await world.truth.queue.bull.getJobs()).filter((job) => job.data.courseId === courseId);
const slotsOf = async ({ userId }: Course) => (await world.truth.slots.counts(userId)).userJobs;
const isTrashed = async ({ courseId }: Course) =>
  (await world.sql('select deleted_at is not null as trashed from public.courses where id = $1', [courseId]))[0]?.[
    'trashed'
  ];

test('a course in flight is deleted only by one who knows it; then its job and slot are gone at once', async () => {
  const of = await course();
  await start(world.deps, of);
  const deps = { ...world.deps, trash };
  expect(await trashCourse(deps, { ...of, cancel: false })).toEqual({ kind: 'in_flight' });
  expect([await isTrashed(of), (await jobsOf(of)).length, await slotsOf(of)]).toEqual([false, 1, 1]);
  expect(await trashCourse(deps, { ...of, cancel: true })).toEqual({ kind: 'trashed' });
  expect(await trashCourse(deps, { ...of, cancel: true })).toEqual({ kind: 'trashed' });
  expect([await isTrashed(of), await jobsOf(of), await slotsOf(of)]).toEqual([true, [], 0]);
  expect(await start(world.deps, of)).toEqual({ kind: 'not_found' });
  await trash.restore(of.userId, of.courseId);
  expect((await start(world.deps, of)).kind).toBe('admitted');
});

test("somebody else's course is not found", async () => {
  const [of, other] = [await course(), await course()];
  const deps = { ...world.deps, trash };
  expect(await trashCourse(deps, { ...of, userId: other.userId, cancel: true })).toEqual({ kind: 'not_found' });
  expect(await isTrashed(of)).toBe(false);
});

test('without Redis the course is deleted all the same; job and slot are freed when it is back', async () => {
  const of = await course();
  await start(world.deps, of);
  await world.redis.cut();
  expect(await trashCourse({ ...world.deps, trash }, { ...of, cancel: true })).toEqual({ kind: 'trashed' });
  expect([await isTrashed(of), await slotsOf(of)]).toEqual([true, 1]);
  await world.redis.restore();
  await world.deps.deferred.idle();
  expect([await jobsOf(of), await slotsOf(of)]).toEqual([[], 0]);
});

test('a course that is deleted while it is being admitted is not found, and nothing is left of the admission', async () => {
  const of = await course();
  const deps = interpose(world.deps, 'queue', 'add', 'after', () =>
    trashCourse({ ...world.truth, trash }, { ...of, cancel: true }),
  );
  expect(await start(deps, of)).toEqual({ kind: 'not_found' });
  expect([await isTrashed(of), await jobsOf(of), await slotsOf(of)]).toEqual([true, [], 0]);
});
