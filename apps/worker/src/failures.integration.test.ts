import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { PermanentFault } from '@megacampus/domain/errors';
import type { CourseEngine } from '@megacampus/generation/engine';
import { clientFor } from '@megacampus/test-kit/users';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { expect, test } from 'vitest';
import { createEngine } from './engine.ts';
import { createLab, type Lab } from './testing/lab.ts';
import { useOwnStack } from './testing/own-stack.ts';

const stack = useOwnStack();

const engine = await createEngine();

/** The real engine with some calls replaced. */
function engineWith(changes: Partial<CourseEngine>): CourseEngine {
  return {
    name: engine.name,
    analyze: (...args) => engine.analyze(...args),
    outline: (...args) => engine.outline(...args),
    lesson: (...args) => engine.lesson(...args),
    summarize: (...args) => engine.summarize(...args),
    ...changes,
  };
}

const slotIsFree = (lab: Lab) =>
  waitFor(async () => (await lab.deps.slots.list()).length === 0, { what: 'the slot to be free' });

async function statusesSent(generationId: string): Promise<string[]> {
  const { data } = await clientFor(stack(), stack().serviceKey)
    .from('webhook_deliveries')
    .select('payload')
    .eq('generation_id', generationId)
    .order('id');
  return (data ?? []).map((row) => row.payload.status);
}

test('three failing attempts: the slot is held through all of them, failed is recorded once, the slot freed once', async () => {
  await using lab = await createLab(stack());
  const { course, generationId } = await lab.admit({ webhookUrl: 'https://example.com/hook' });
  const heldSince = (await lab.deps.slots.get(course.id))?.reservedAtMs;
  const atEachAttempt: { status: string | undefined; heldSince: number | undefined }[] = [];
  await lab.startWorker({
    engine: engineWith({
      async outline() {
        const state = await lab.deps.store.loadGeneration(generationId);
        const lease = await lab.deps.slots.get(course.id);
        atEachAttempt.push({ status: state?.status, heldSince: lease?.reservedAtMs });
        throw new Error('the model talks nonsense');
      },
    }),
  });
  await lab.reaches(generationId, 'failed');
  await slotIsFree(lab);

  // A slot that was released and taken again would be held since later.
  expect(atEachAttempt).toEqual(Array(3).fill({ status: 'generating_structure', heldSince }));
  expect((await statusesSent(generationId)).filter((status) => status === 'failed')).toHaveLength(1);
  expect(await lab.deps.queue.state(`${generationId}.structure_generation`)).toBe('failed');
});

test('a permanent error is not tried again, and its text reaches the user', async () => {
  await using lab = await createLab(stack());
  const { course, generationId } = await lab.admit();
  let calls = 0;
  await lab.startWorker({
    engine: engineWith({
      async analyze() {
        calls += 1;
        throw new PermanentFault('Опишите курс подробнее.');
      },
    }),
  });
  await lab.reaches(generationId, 'failed');
  await slotIsFree(lab);
  expect(calls).toBe(1);
  const { data } = await clientFor(stack(), stack().serviceKey)
    .from('courses')
    .select('error_message')
    .eq('id', course.id)
    .single();
  expect(data?.error_message).toBe('Опишите курс подробнее.');
});

test('a truncated output is never stored: the lesson fails with a reason, the rest of the course goes on', async () => {
  await using lab = await createLab(stack());
  const { generationId } = await lab.admit({ brief: { title: 'Одна ошибка', estimated_lessons: 3 } });
  await lab.startWorker({
    engine: engineWith({
      async lesson(input, context) {
        const content = await engine.lesson(input, context);
        return input.sectionIndex + input.lessonIndex === 0 ? { ...content, markdown: 'Введение в' } : content;
      },
    }),
  });
  await lab.reaches(generationId, 'completed', 30_000);
  const { data } = await clientFor(stack(), stack().serviceKey)
    .from('lessons')
    .select('status, content, error')
    .eq('generation_id', generationId)
    .order('position');
  expect(data?.[0]).toMatchObject({ status: 'failed', content: null, error: expect.stringMatching(/\S/) });
  expect(data?.slice(1).every((lesson) => lesson.status === 'completed')).toBe(true);
});

test('a stage past its deadline is stopped, even if it ignores that, and is reported as worker_timeout', async () => {
  await using lab = await createLab(stack());
  const { course, generationId } = await lab.admit();
  const worker = await lab.startWorker({
    deadlinesMs: { structure_analysis: 200 },
    engine: engineWith({ analyze: () => new Promise(() => {}) }),
  });
  await lab.reaches(generationId, 'failed', 25_000);
  await slotIsFree(lab);
  // Events are written beside the work. A worker that ends stores the last of them.
  await worker.stop();
  const events = await lab.events('worker_timeout', course.id);
  expect(events.map(({ metadata }) => metadata['attempt'])).toEqual([1, 2, 3]);
});

test('a job that comes again after its record is gone from Redis does its work once', async () => {
  await using lab = await createLab(stack());
  const { generationId } = await lab.admit({ brief: { title: 'Дважды', estimated_lessons: 2 } });
  const calls: string[] = [];
  await lab.startWorker({
    engine: engineWith({
      async outline(input, context) {
        calls.push('outline');
        return engine.outline(input, context);
      },
      async summarize(input, context) {
        calls.push('summarize');
        // While the generation still runs, the outline's job comes a second time.
        const id = `${generationId}.structure_generation`;
        const job = await lab.deps.queue.bull.getJob(id);
        await job?.remove();
        await lab.deps.queue.bull.add('structure_generation', job?.data, { jobId: id });
        await waitFor(async () => (await lab.deps.queue.state(id)) === 'completed');
        return engine.summarize(input, context);
      },
    }),
  });
  await lab.reaches(generationId, 'completed');
  expect(calls).toEqual(['outline', 'summarize']);
});

test('a job of a deleted course ends quietly, and its slot is freed', async () => {
  await using lab = await createLab(stack());
  const { course, generationId } = await lab.admit();
  await clientFor(stack(), stack().serviceKey).from('courses').delete().eq('id', course.id).throwOnError();
  await lab.startWorker();
  await waitFor(async () => (await lab.deps.queue.state(generationId)) === 'completed');
  await slotIsFree(lab);
  expect(lab.logLines.filter((line) => line['level'] === 'error')).toEqual([]);
});

test('a course deleted in the middle of a stage stops it', async () => {
  await using lab = await createLab(stack());
  const { course, generationId } = await lab.admit();
  const started = Promise.withResolvers<void>();
  const stopped = Promise.withResolvers<void>();
  await lab.startWorker({
    engine: engineWith({
      async analyze(_input, { signal }) {
        started.resolve();
        await pause(30_000, undefined, { signal }).catch(() => stopped.resolve());
        throw signal.reason;
      },
    }),
  });
  await started.promise;
  await clientFor(stack(), stack().serviceKey).from('courses').delete().eq('id', course.id).throwOnError();
  await slotIsFree(lab);
  // The slot of a deleted course is freed by the reconciler or by this job; either way the work ends.
  await waitFor(async () => (await lab.deps.queue.state(generationId)) === 'completed');
  await stopped.promise;
});

test.each([
  { ageMs: 0, events: 0, title: 'a job faster than the record of step 1 records it itself, without an alarm' },
  { ageMs: 60_000, events: 1, title: 'a job whose request died before step 1 is recovered and reported once' },
])('$title', async ({ ageMs, events }) => {
  await using lab = await createLab(stack());
  const { user, course } = await lab.prepare({ brief: { title: 'Без записи', estimated_lessons: 1 } });
  const admission = await lab.deps.store.loadAdmission(course.id);
  if (admission === null) throw new Error('no admission');
  const generationId = `course-gen-${randomUUID()}`;
  const holder = { courseId: course.id, userId: user.userId, generationId };
  await lab.deps.slots.reserve({ ...holder, userLimit: 5, defaultGlobalLimit: 50, ttlMs: 60_000 });
  await lab.deps.queue.add({
    stage: 'structure_analysis',
    payload: {
      ...admission.course.brief,
      ...holder,
      jobType: 'structure_analysis',
      organizationId: user.userId,
      tier: user.tier,
      requestId: randomUUID(),
      webhookUrl: null,
      createdAt: new Date(Date.now() - ageMs).toISOString(),
      hasDocuments: false,
      rewrite: null,
    },
    priority: 1,
  });
  const worker = await lab.startWorker();
  await lab.reaches(generationId, 'completed');
  await worker.stop();
  expect(await lab.events('orphaned_job_recovery', course.id)).toHaveLength(events);
});

test('a job whose data cannot be read fails at once, and the reconciler records that at its generation', async () => {
  await using lab = await createLab(stack());
  const { generationId } = await lab.admit();
  const job = await lab.deps.queue.bull.getJob(generationId);
  await job?.updateData({ jobType: 'structure_analysis', generationId });
  await lab.startWorker();
  await lab.reaches(generationId, 'failed');
  expect((await lab.deps.queue.bull.getJob(generationId))?.attemptsMade).toBe(1);
  await slotIsFree(lab);
});
