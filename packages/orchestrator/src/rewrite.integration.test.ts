import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OrchestratorDeps } from './deps.ts';
import { ensureAdmitted } from './ensure-admitted.ts';
import { createReconcileMemory, reconcileOnce } from './reconcile/reconcile.ts';
import { startGeneration } from './start-generation.ts';
import { createWorld, interpose, type World } from './testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());
afterEach(async () => {
  await Promise.all([world.redis.restore(), world.database.restore()]);
});

interface Course {
  readonly courseId: string;
  readonly userId: string;
  readonly lessonId: string;
  readonly base: string;
}

/** A course with a completed generation of two lessons; nothing of it is left in Redis. */
async function completed(person?: { userId: string; courseIds: string[] }, at = 0): Promise<Course> {
  const { userId, courseIds } = person ?? (await world.person('FREE'));
  const courseId = courseIds[at] ?? '';
  const { store } = world.truth;
  const base = `course-gen-base-${courseId}`;
  const metadata = { generation_id: base };
  const step = { courseId, status: 'completed' as const, message: 'готово', metadata };
  await store.recordProgress({ ...step, stepId: 1 });
  await store.saveAnalysis({ generationId: base, analysis: { scope: 'всё' } });
  const lesson = (title: string) => ({
    title,
    objectives: ['цель'],
    keyTopics: [],
    passageIds: [],
    durationMinutes: 5,
  });
  const sections = [{ title: 'Раздел', summary: '', lessons: [lesson('Первый'), lesson('Второй')] }];
  const saved = await store.saveOutline({ generationId: base, outline: { sections } });
  const content = { markdown: 'Текст', keyPoints: [], quiz: [], citations: [], notice: null };
  const lessonIds = saved?.lessons.map(({ id }) => id) ?? [];
  for (const lessonId of lessonIds) await store.saveLesson({ lessonId, generationId: base, content });
  await store.saveSummary({ generationId: base, summary: { overview: 'Итог', glossary: [] } });
  await store.recordProgress({ ...step, stepId: 5 });
  return { courseId, userId, lessonId: lessonIds[0] ?? '', base };
}

const rewrite = (deps: OrchestratorDeps, { courseId, userId, lessonId }: Course, instruction = 'короче') =>
  startGeneration(deps, {
    courseId,
    userId,
    requestId: 'req-rewrite',
    webhookUrl: null,
    rewrite: { lessonId, instruction },
  });
const whole = (deps: OrchestratorDeps, { courseId, userId }: Course) =>
  startGeneration(deps, { courseId, userId, requestId: 'req-whole', webhookUrl: null });

async function expectUndone({ courseId, userId, base }: Course): Promise<void> {
  await world.deps.deferred.idle();
  const admission = await world.truth.store.loadAdmission(courseId);
  expect(admission).toMatchObject({
    course: { generation_id: base, generation_status: 'completed', generation_progress: { percentage: 100 } },
    in_flight_id: null,
  });
  const left = await world.sql(
    'SELECT count(*)::int AS lessons FROM lessons WHERE course_id = $1 AND generation_id <> $2',
    [courseId, base],
  );
  expect(left).toEqual([{ lessons: 0 }]);
  expect(await world.truth.slots.counts(userId)).toMatchObject({ userJobs: 0 });
  expect((await world.truth.queue.bull.getJobs()).filter((job) => job.data.courseId === courseId)).toEqual([]);
}

describe('a rewriting of one lesson', () => {
  it('is admitted like any generation; its first job has its id and says what to do', async () => {
    const course = await completed();
    const outcome = await rewrite(world.deps, course);
    if (outcome.kind !== 'admitted') throw new Error(outcome.kind);
    const { generationId } = outcome;
    const job = await world.truth.queue.load(generationId);
    expect(job?.payload).toMatchObject({
      jobType: 'structure_analysis',
      rewrite: { lessonId: course.lessonId, instruction: 'короче' },
    });
    expect(await world.truth.slots.get(course.courseId)).toMatchObject({ generationId });
    const admission = await world.truth.store.loadAdmission(course.courseId);
    expect(admission?.course.generation_progress).toMatchObject({
      percentage: 20,
      steps: [{ status: 'completed' }, {}, {}, {}, {}],
    });
  });

  it('while its first job waits, nothing is missing to the reconciler', async () => {
    const course = await completed();
    const outcome = await rewrite(world.deps, course);
    if (outcome.kind !== 'admitted') throw new Error(outcome.kind);
    const memory = createReconcileMemory();
    for (let pass = 0; pass < 3; pass += 1) {
      expect(await reconcileOnce(world.truth, memory)).toMatchObject({ jobsRestored: 0, errors: 0 });
    }
  });

  it('is one, of twenty simultaneous clicks on it and on the whole course', async () => {
    const course = await completed();
    const clicks = Array.from({ length: 20 }, (_, n) => (n % 2 ? whole : rewrite)(world.deps, course));
    const outcomes = await Promise.all(clicks);
    expect(outcomes.filter(({ kind }) => kind === 'admitted')).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind === 'already_running')).toHaveLength(19);
    expect(new Set(outcomes.map((one) => 'generationId' in one && one.generationId)).size).toBe(1);
  });

  it('keeps to the user’s limit', async () => {
    const person = await world.person('FREE', 2);
    const [first, second] = [await completed(person, 0), await completed(person, 1)];
    expect((await rewrite(world.deps, first)).kind).toBe('admitted');
    expect(await rewrite(world.deps, second)).toMatchObject({ kind: 'limit', details: { reason: 'user_limit' } });
    expect((await world.truth.store.loadAdmission(second.courseId))?.course.generation_status).toBe('completed');
  });

  it('of a lesson that the course does not show is refused before anything is reserved', async () => {
    const course = await completed();
    const other = await completed();
    expect(await rewrite(world.deps, { ...course, lessonId: other.lessonId })).toEqual({ kind: 'lesson_not_shown' });
    await expectUndone(course);
  });

  it('whose lesson is no longer shown when it is recorded is undone', async () => {
    const course = await completed();
    const deps = interpose(world.deps, 'queue', 'add', 'after', () =>
      world.sql("UPDATE generations SET status = 'failed' WHERE id = $1", [course.base]),
    );
    expect(await rewrite(deps, course)).toMatchObject({ kind: 'rolled_back' });
    await expectUndone(course);
  });

  it.each(['cut', 'dropResponses'] as const)(
    'is undone without a trace when the database fails at its record: %s',
    async (how) => {
      const course = await completed();
      const deps = interpose(world.deps, 'queue', 'add', 'after', () => world.database[how]());
      const outcome = await rewrite(deps, course);
      await world.database.restore();
      expect(outcome).toMatchObject({ kind: 'rolled_back' });
      await expectUndone(course);
    },
  );

  it('whose web process died after enqueueing is recorded from its job, copy and all', async () => {
    const course = await completed();
    const died = interpose(world.deps, 'queue', 'add', 'after', () => new Promise<never>(() => undefined));
    void rewrite(died, course).catch(() => undefined);
    const jobOf = async () =>
      (await world.truth.queue.bull.getJobs()).find((job) => job.data.courseId === course.courseId)?.id;
    await expect.poll(jobOf, { timeout: 10_000 }).toBeDefined();
    const generationId = (await jobOf()) ?? '';
    const job = await world.truth.queue.load(generationId);
    if (job === null) throw new Error('no job');
    expect(await ensureAdmitted(world.truth, job.payload)).toEqual({ kind: 'admitted' });
    expect(await world.truth.store.loadGeneration(generationId)).toMatchObject({
      current: true,
      rewrite: { lesson_id: course.lessonId, instruction: 'короче' },
      lessons: [{ status: 'pending' }, { status: 'completed' }],
    });
  });

  it('is resumed from the database alone after Redis has lost everything', async () => {
    const course = await completed();
    const outcome = await rewrite(world.deps, course);
    if (outcome.kind !== 'admitted') throw new Error(outcome.kind);
    await world.bare.flushall();
    const memory = createReconcileMemory();
    for (let pass = 0; pass < 2; pass += 1) await reconcileOnce(world.truth, memory);
    const job = await world.truth.queue.load(outcome.generationId);
    expect(job?.payload.rewrite).toEqual({ lessonId: course.lessonId, instruction: 'короче' });
    expect(await world.truth.slots.get(course.courseId)).toMatchObject({ generationId: outcome.generationId });
  });
});
