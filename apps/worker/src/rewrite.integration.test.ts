import { createExtractiveEngine } from '@megacampus/generation/extractive';
import { startGeneration } from '@megacampus/orchestrator/start-generation';
import { clientFor, type TestCourse, type TestUser } from '@megacampus/test-kit/users';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { expect, test } from 'vitest';
import { createLab, type Lab } from './testing/lab.ts';
import { useOwnStack } from './testing/own-stack.ts';

const stack = useOwnStack();
const text = `# Розы\n\n${['Посадка', 'Полив', 'Обрезка']
  .map(
    (part) =>
      `## ${part}\n\n${part} роз требует внимания садовника. Для этого выбирают тёплый и сухой день. Инструмент заранее моют и сушат.`,
  )
  .join('\n\n')}\n`;

const lessonsOf = async (generationId: string) => {
  const { data, error } = await clientFor(stack(), stack().serviceKey)
    .from('lessons')
    .select('id, position, title, content, key_points, status, notice, lineage_id, version')
    .eq('generation_id', generationId)
    .order('position');
  if (error) throw error;
  return data;
};

async function rewrite(lab: Lab, user: TestUser, course: TestCourse, lessonId: string): Promise<string> {
  const request = { courseId: course.id, userId: user.userId, requestId: 'rewrite', webhookUrl: null };
  const outcome = await startGeneration(lab.deps, { ...request, rewrite: { lessonId, instruction: 'Короче' } });
  if (outcome.kind !== 'admitted') throw new Error(outcome.kind);
  return outcome.generationId;
}

/** A completed course; `lab`'s queue is empty then. */
async function completedCourse(lab: Lab, documents: { name: string; type: 'md'; text: string }[] = []) {
  const made = await lab.admit({ brief: { title: 'Розы в саду', estimated_lessons: 3 }, documents });
  await lab.reaches(made.generationId, 'completed');
  await waitFor(async () => (await lab.deps.slots.list()).length === 0, { what: 'the slot to be free' });
  return { ...made, lessons: await lessonsOf(made.generationId) };
}

test('a rewriting changes one lesson, says what it could not do, and leaves all others as they were', async () => {
  await using lab = await createLab(stack());
  await lab.startWorker();
  const { user, course, lessons, generationId } = await completedCourse(lab, [{ name: 'розы.md', type: 'md', text }]);
  const next = await rewrite(lab, user, course, lessons[0]?.id ?? '');
  await lab.reaches(next, 'completed');
  const after = await lessonsOf(next);
  const withoutId = (rows: typeof lessons) => rows.map(({ id: _, ...row }) => row);
  expect(withoutId(after).slice(1)).toEqual(withoutId(lessons).slice(1));
  expect(after[0]).toMatchObject({ status: 'completed', version: 2, lineage_id: lessons[0]?.id });
  expect(after[0]?.notice).toMatch(/Пожелание/);
  const facts = clientFor(stack(), stack().serviceKey).from('generations').select('overview, glossary');
  const { data } = await facts.in('id', [generationId, next]);
  expect(data?.[0]).toEqual(data?.[1]);
  const { data: row } = await clientFor(stack(), stack().serviceKey)
    .from('courses')
    .select('generation_progress')
    .eq('id', course.id)
    .single();
  expect(row?.generation_progress.steps.map((step: { status: string }) => step.status)).toEqual(
    Array(5).fill('completed'),
  );
});

test('a lesson whose documents were read anew is written from what they say now', async () => {
  await using lab = await createLab(stack());
  await lab.startWorker();
  const { user, course, lessons } = await completedCourse(lab, [{ name: 'розы.md', type: 'md', text }]);
  const [document] = await lab.deps.documents.list(course.id);
  const chunk = {
    position: 0,
    headingPath: ['Посадка'],
    page: null,
    start: 0,
    end: text.length,
    text: text.replaceAll('садовника', 'хозяина'),
  };
  await lab.deps.store.replaceChunks({ documentId: document?.id ?? '', language: 'ru', chunks: [chunk] });
  const next = await rewrite(lab, user, course, lessons[0]?.id ?? '');
  await lab.reaches(next, 'completed');
  expect((await lessonsOf(next))[0]?.content).toContain('хозяина');
});

test('when the lesson fails for good the rewriting has failed, and the course shows what it showed', async () => {
  await using lab = await createLab(stack());
  const worker = await lab.startWorker();
  const { user, course, lessons, generationId } = await completedCourse(lab);
  await worker.stop();
  const engine = createExtractiveEngine();
  await lab.startWorker({
    engine: { ...engine, lesson: () => Promise.reject(new Error('сломан')) },
  });
  const next = await rewrite(lab, user, course, lessons[0]?.id ?? '');
  await lab.reaches(next, 'failed');
  const shown = await lab.deps.store.isShownLesson(course.id, lessons[0]?.id ?? '');
  expect(shown).toBe(true);
  expect(await lessonsOf(generationId)).toEqual(lessons);
  await waitFor(async () => (await lab.deps.slots.list()).length === 0, { what: 'the slot to be free' });
});

test('kill -9, then the loss of all of Redis, in the middle of a rewriting: it is completed all the same', async () => {
  await using lab = await createLab(stack());
  const first = await lab.startWorker();
  const { user, course, lessons } = await completedCourse(lab);
  await first.stop();
  const victim = await lab.spawnWorker({ lesson: 60_000 });
  const next = await rewrite(lab, user, course, lessons[1]?.id ?? '');
  await victim.saw('call', 'lesson');
  await victim.kill();
  const second = await lab.spawnWorker({ lesson: 60_000 });
  await second.saw('call', 'lesson', 15_000);
  await second.kill();
  await lab.deps.producer.flushall();
  await lab.startWorker();
  await lab.reaches(next, 'completed', 30_000);
  expect((await lessonsOf(next)).map(({ status }) => status)).toEqual(lessons.map(() => 'completed'));
});
