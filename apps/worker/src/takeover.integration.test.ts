import { cancelGeneration } from '@megacampus/orchestrator/cancel-generation';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { expect, test } from 'vitest';
import { createLab } from './testing/lab.ts';
import { useOwnStack } from './testing/own-stack.ts';

const stack = useOwnStack();

test.for([
  ['analyze', ''],
  ['outline', '.structure_generation'],
  ['lesson', '.text_generation.'],
  ['summarize', '.finalization'],
] as const)(
  'kill -9 in the middle of %s: it runs again elsewhere within 15 s, and one slot is held until the course is completed',
  { timeout: 120_000 },
  async ([call, job], { annotate }) => {
    await using lab = await createLab(stack());
    const victim = await lab.spawnWorker({ [call]: 60_000 });
    const { generationId } = await lab.admit({ brief: { title: 'Убитый', estimated_lessons: 1 } });
    await victim.saw('call', call);
    const survivor = await lab.spawnWorker({ [call]: 500 });
    const killedAt = performance.now();
    await victim.kill();
    await survivor.saw('call', call, 15_000);
    await annotate(`takeover after kill -9: ${Math.round(performance.now() - killedAt)} ms`);
    expect((await lab.deps.slots.list()).map((slot) => slot.generationId)).toEqual([generationId]);
    const metrics = await (await fetch(`http://127.0.0.1:${survivor.adminPort}/metrics`)).text();
    expect(metrics).toContain('megacampus_jobs_taken_over_total 1');
    await lab.reaches(generationId, 'completed');
    await waitFor(async () => (await lab.deps.slots.list()).length === 0, { what: 'the slot to be free' });
    const lesson = call === 'lesson' ? (await lab.deps.store.loadGeneration(generationId))?.lessons[0] : undefined;
    const jobId = `${generationId}${job}${lesson?.id ?? ''}`;
    // The course is completed a moment before its last job has ended.
    await waitFor(async () => (await lab.deps.queue.bull.getJob(jobId))?.finishedOn !== undefined, { what: 'its end' });
    expect((await lab.deps.queue.bull.getJob(jobId))?.attemptsMade).toBe(1);
  },
);

test('losing all of Redis in the middle of a generation: it is resumed from the database and completed', async ({
  annotate,
}) => {
  await using lab = await createLab(stack());
  const { course, generationId } = await lab.admit({ brief: { title: 'Потерянный', estimated_lessons: 6 } });
  const worker = await lab.spawnWorker({ lesson: 400 }, { concurrency: 1 });
  await waitFor(() => worker.count('call', 'lesson') >= 2);
  const lostAt = performance.now();
  await lab.deps.producer.flushall();
  await waitFor(async () => (await lab.deps.slots.get(course.id))?.generationId === generationId, {
    what: 'the slot to be restored',
  });
  await lab.reaches(generationId, 'completed', 30_000);
  await annotate(`completed ${Math.round(performance.now() - lostAt)} ms after FLUSHALL`);
  const { lessons } = (await lab.deps.store.loadGeneration(generationId)) ?? { lessons: [] };
  expect(lessons.map((lesson) => lesson.status)).toEqual(Array(lessons.length).fill('completed'));
  await waitFor(async () => (await lab.deps.slots.list()).length === 0, { what: 'the slot to be free' });
});

test('a cancel stops a running stage in another process within 2 s, and nothing is called afterwards', async ({
  annotate,
}) => {
  await using lab = await createLab(stack());
  const worker = await lab.spawnWorker({ lesson: 60_000 }, { concurrency: 2 });
  const { course, user, generationId } = await lab.admit({ brief: { title: 'Отменённый', estimated_lessons: 6 } });
  await waitFor(() => worker.count('call', 'lesson') === 2);
  const cancelledAt = performance.now();
  const outcome = await cancelGeneration(lab.deps, { courseId: course.id, generationId, userId: user.userId });
  expect(outcome.kind).toBe('cancelled');
  await waitFor(() => worker.count('stopped', 'lesson') === 2, { timeoutMs: 2_000, intervalMs: 5 });
  const tookMs = Math.round(performance.now() - cancelledAt);
  await annotate(`stopped ${tookMs} ms after the cancel was asked for`);
  expect(tookMs).toBeLessThan(2_000);
  expect(worker.reasons()).toEqual(['cancelled', 'cancelled']);
  await waitFor(async () => (await lab.deps.queue.counts()).active === 0);
  expect((await lab.deps.queue.counts()).waiting).toBe(0);
  expect(worker.count('call', 'lesson')).toBe(2);
  expect(await lab.deps.slots.list()).toEqual([]);
  expect((await lab.deps.store.loadGeneration(generationId))?.status).toBe('cancelled');
});

test('a cancel whose message is lost stops the stage within 2 s all the same', async ({ annotate }) => {
  await using lab = await createLab(stack());
  const worker = await lab.spawnWorker({ outline: 60_000 });
  const { course, user, generationId } = await lab.admit();
  await worker.saw('call', 'outline');
  const silent = { ...lab.deps, signals: { ...lab.deps.signals, publishCancel: async () => {} } };
  const cancelledAt = performance.now();
  await cancelGeneration(silent, { courseId: course.id, generationId, userId: user.userId });
  await worker.saw('stopped', 'outline', 2_000);
  await annotate(`stopped ${Math.round(performance.now() - cancelledAt)} ms after a cancel without a message`);
  expect(worker.reasons()).toEqual(['ended']);
});

test('a shutdown hands the running job over within 20 s, without using up an attempt', {
  timeout: 60_000,
}, async ({ annotate }) => {
  await using lab = await createLab(stack());
  const leaving = await lab.spawnWorker({ outline: 60_000 });
  const { generationId } = await lab.admit({ brief: { title: 'Передача', estimated_lessons: 2 } });
  await leaving.saw('call', 'outline');
  const staying = await lab.spawnWorker();
  const askedAt = performance.now();
  leaving.signal('SIGTERM');
  expect(await leaving.exited).toBe(0);
  const exitMs = performance.now() - askedAt;
  expect(exitMs).toBeLessThan(20_000);
  await staying.saw('call', 'outline', 3_000);
  await annotate(
    `exit after ${Math.round(exitMs)} ms, taken over ${Math.round(performance.now() - askedAt - exitMs)} ms later`,
  );
  await lab.reaches(generationId, 'completed');
  expect((await lab.deps.queue.bull.getJob(`${generationId}.structure_generation`))?.attemptsMade).toBe(1);
});

test('an idle worker exits at once when asked to', async () => {
  await using lab = await createLab(stack());
  const worker = await lab.spawnWorker();
  const askedAt = performance.now();
  worker.signal('SIGTERM');
  expect(await worker.exited).toBe(0);
  // A tenth of a second where the machine has time; a running job would hold it for much longer.
  expect(performance.now() - askedAt).toBeLessThan(10_000);
});
