import { clientFor } from '@megacampus/test-kit/users';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { expect, test } from 'vitest';
import { createEngine } from './engine.ts';
import { createLab } from './testing/lab.ts';
import { useOwnStack } from './testing/own-stack.ts';
import { slowEngine } from './testing/slow-engine.ts';

const stack = useOwnStack();

const handbook = `# Уход за розами

## Посадка

Розы сажают весной, когда почва прогрелась до десяти градусов. Яму копают глубиной в полметра. На дно кладут перегной и золу.
Корни перед посадкой замачивают в воде на два часа. Место прививки заглубляют на пять сантиметров.

## Полив

Взрослому кусту нужно десять литров воды раз в неделю. Поливают под корень, утром или вечером. Вода на листьях вызывает болезни.
В жару полив учащают до двух раз в неделю. В августе полив прекращают, чтобы побеги вызрели.

## Обрезка

Обрезку делают ранней весной, до распускания почек. Побег срезают над почкой, которая смотрит наружу куста. Слабые побеги удаляют целиком.
Срез делают под углом сорок пять градусов. Секатор перед работой протирают спиртом.
`;

test('a course without documents is generated from its brief, step by step, to completed', async () => {
  await using lab = await createLab(stack());
  const { course, generationId } = await lab.admit({ brief: { title: 'Основы фотографии', estimated_lessons: 3 } });
  await lab.startWorker();
  await lab.reaches(generationId, 'completed');

  const service = clientFor(stack(), stack().serviceKey);
  const { data } = await service
    .from('courses')
    .select('generation_status, generation_progress, generation_completed_at')
    .eq('id', course.id)
    .single();
  const progress = data?.generation_progress;
  expect(data?.generation_status).toBe('completed');
  expect(data?.generation_completed_at).not.toBeNull();
  expect(progress.percentage).toBe(100);
  expect(progress.steps.map((step: { status: string }) => step.status)).toEqual(Array(5).fill('completed'));
  expect(progress.lessons_completed).toBe(progress.lessons_total);

  const lessons = await service.from('lessons').select('content, status').eq('generation_id', generationId);
  expect(lessons.data?.length).toBeGreaterThan(0);
  for (const lesson of lessons.data ?? []) expect(lesson.content.trim()).not.toBe('');
  await waitFor(async () => (await lab.deps.slots.list()).length === 0, { what: 'the slot to be free' });
});

test('a course with documents is made from their passages; one that cannot be read is left out with its reason', async () => {
  await using lab = await createLab(stack());
  const { course, generationId } = await lab.admit({
    brief: { title: 'Розы в саду' },
    documents: [
      { name: 'розы.md', type: 'md', text: handbook },
      { name: 'broken.txt', type: 'txt', text: '\u0000\u0001\u0002\u0003\u0000\u0000' },
    ],
  });
  await lab.startWorker();
  await lab.reaches(generationId, 'completed');

  const service = clientFor(stack(), stack().serviceKey);
  const citations = await service.from('citations').select('document_name, quote').eq('generation_id', generationId);
  expect(citations.data?.length).toBeGreaterThan(0);
  expect(new Set(citations.data?.map((citation) => citation.document_name))).toEqual(new Set(['розы.md']));
  const documents = await service.from('course_documents').select('name, status, error').eq('course_id', course.id);
  expect(Object.fromEntries(documents.data?.map((row) => [row.name, row.status]) ?? [])).toEqual({
    'розы.md': 'processed',
    'broken.txt': 'failed',
  });
  const report = await service.from('generations').select('documents_report').eq('id', generationId).single();
  expect(report.data?.documents_report).toContainEqual(
    expect.objectContaining({ name: 'broken.txt', status: 'failed', reason: 'binary' }),
  );
});

test('when no document can be read the generation fails once, naming them, without a retry', async () => {
  await using lab = await createLab(stack());
  const { course, generationId } = await lab.admit({
    documents: [{ name: 'noise.txt', type: 'txt', text: '\u0000\u0001\u0002\u0000' }],
  });
  await lab.startWorker();
  await lab.reaches(generationId, 'failed');

  const service = clientFor(stack(), stack().serviceKey);
  const { data } = await service.from('courses').select('error_message').eq('id', course.id).single();
  expect(data?.error_message).toContain('noise.txt');
  const job = await waitFor(() => lab.deps.queue.bull.getJob(generationId));
  await waitFor(async () => (await job.getState()) === 'failed');
  expect((await lab.deps.queue.bull.getJob(generationId))?.attemptsMade).toBe(1);
  await waitFor(async () => (await lab.deps.slots.list()).length === 0, { what: 'the slot to be free' });
});

test('two workers share the lessons of one course, and the course is finalized exactly once', async () => {
  await using lab = await createLab(stack());
  const { course, generationId } = await lab.admit({ brief: { title: 'Общая работа', estimated_lessons: 12 } });
  const [first, second] = await Promise.all([
    lab.spawnWorker({ lesson: 150 }, { concurrency: 1 }),
    lab.spawnWorker({ lesson: 150 }, { concurrency: 1 }),
  ]);
  await lab.reaches(generationId, 'completed', 30_000);

  const byFirst = first.count('call', 'lesson');
  const bySecond = second.count('call', 'lesson');
  const total = (await lab.deps.store.loadGeneration(generationId))?.lessons.length ?? 0;
  expect(Math.min(byFirst, bySecond), `${byFirst} and ${bySecond} lessons`).toBeGreaterThanOrEqual(2);
  expect(byFirst + bySecond).toBe(total);
  expect(first.count('call', 'summarize') + second.count('call', 'summarize')).toBe(1);
  expect(await lab.events('orphaned_job_recovery', course.id)).toEqual([]);
});

test('the log lines of a job are shown at the job, each with all that tells whose it is', async () => {
  await using lab = await createLab(stack());
  const { course, user, generationId } = await lab.admit({ brief: { title: 'Журнал', estimated_lessons: 1 } });
  await lab.startWorker();
  await lab.reaches(generationId, 'completed');

  // Written beside the work.
  const logs = async () => (await lab.deps.queue.bull.getJobLogs(`${generationId}.structure_generation`)).logs;
  await waitFor(async () => (await logs()).some((line) => line.includes('outline stored')), { what: 'its log line' });
  const lines = lab.logLines.filter((line) => line['stage'] === 'structure_generation');
  expect(lines.length).toBeGreaterThan(1);
  for (const line of lines) {
    expect(line).toMatchObject({
      requestId: expect.any(String),
      userId: user.userId,
      tier: 'PREMIUM',
      courseId: course.id,
      generationId,
      jobId: `${generationId}.structure_generation`,
    });
  }
});

test('a long course keeps few jobs waiting at a time, and every lesson is written', async () => {
  await using lab = await createLab(stack());
  const { generationId } = await lab.admit({ brief: { title: 'Длинный курс', estimated_lessons: 20 } });
  const waiting: number[] = [];
  const engine = slowEngine(await createEngine(), {
    onCall: () => void lab.deps.queue.counts().then((counts) => waiting.push(counts.waiting + counts.active)),
  });
  await lab.startWorker({ engine });
  await lab.reaches(generationId, 'completed', 40_000);
  const { lessons } = (await lab.deps.store.loadGeneration(generationId)) ?? { lessons: [] };
  expect(lessons.map(({ status }) => status)).toEqual(Array(20).fill('completed'));
  // The eight, and those that a worker has just finished.
  expect(Math.max(...waiting)).toBeLessThanOrEqual(8 + 2);
  const repaired = lab.logLines.filter(({ msg }) => msg === 'missing jobs restored');
  expect(repaired).toEqual([]);
});
