import { type ModelServer, type ModelServerOptions, startModelServer } from '@megacampus/test-kit/model-server';
import { clientFor } from '@megacampus/test-kit/users';
import { expect, onTestFinished, test } from 'vitest';
import type { AiEnv } from './ai-env.ts';
import { createEngine } from './engine.ts';
import { embedPassages } from './stages/embed-passages.ts';
import { createLab, type Lab } from './testing/lab.ts';
import { useOwnStack } from './testing/own-stack.ts';

const stack = useOwnStack();

/** Many short sections: a lesson of five minutes has more words than any of them. */
const section = (name: string, text: string) => `## ${name}\n\n${text}\n`;
const handbook = `# Уход за розами

${section('Посадка', 'Розы сажают весной, когда почва прогрелась до десяти градусов. Яму копают глубиной в полметра. На дно кладут перегной и золу.')}
${section('Полив', 'Взрослому кусту нужно десять литров воды раз в неделю. Поливают под корень, утром или вечером. Вода на листьях вызывает болезни.')}
${section('Обрезка', 'Обрезают кусты ранней весной острым секатором. Удаляют слабые и сухие побеги до живой древесины. Срез делают над почкой.')}
${section('Зимовка', 'Осенью кусты окучивают сухой землёй. Перед морозами их укрывают еловыми ветками. Весной укрытие снимают постепенно.')}
`;
const documents = [{ name: 'розы.md', type: 'md' as const, text: handbook }];

async function modelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const server = await startModelServer(options);
  onTestFinished(() => server.close());
  return server;
}

const aiEnv = (server: ModelServer): AiEnv => ({
  baseUrl: server.url,
  apiKey: 'sk-test-0123456789',
  model: 'test-model',
  embeddingModel: 'test-embedding',
  maxConcurrency: 4,
  budgetTokens: 5_000_000,
  contextTokens: 32_768,
  requestTimeoutMs: 10_000,
  prices: null,
  strictSources: true,
});

async function makeCourse(lab: Lab, server: ModelServer) {
  const admitted = await lab.admit({ brief: { title: 'Розы', estimated_lessons: 2 }, documents });
  const worker = await lab.startWorker({ env: { ...lab.env, ai: aiEnv(server) } });
  await lab.reaches(admitted.generationId, 'completed', 30_000);
  await worker.stop();
  const { data, error } = await clientFor(stack(), stack().serviceKey)
    .from('lessons')
    .select('status')
    .eq('generation_id', admitted.generationId);
  if (error) throw error;
  return { ...admitted, statuses: data.map(({ status }) => status) };
}

const missingIn = (lab: Lab, courseId: string) =>
  lab.deps.store.listUnembedded({ courseId, model: 'test-embedding', limit: 10 });

test('passages are embedded once, a lesson with little of its own finds more by meaning, and the use is recorded', async () => {
  await using lab = await createLab(stack());
  const server = await modelServer();
  const { course, generationId } = await makeCourse(lab, server);
  expect(await missingIn(lab, course.id)).toMatchObject({ missing: 0 });
  const embedded = server.embeddings.map(({ body }) => body.input);
  // All passages in one request, then a query for each of the two lessons.
  expect(embedded.map(({ length }) => length)).toEqual([expect.any(Number), 1, 1]);
  expect(embedded[0]?.length).toBeGreaterThan(1);
  const found = lab.logLines.filter(({ msg }) => msg === 'passages found');
  expect(found).toHaveLength(2);
  for (const line of found) expect(line).toMatchObject({ byMeaning: true, found: expect.any(Number) });
  for (const { asked } of server.of('lesson')) expect(asked.sources.length).toBeGreaterThan(1);
  const { data } = await clientFor(stack(), stack().serviceKey)
    .from('model_usage')
    .select('lesson_id, model')
    .eq('generation_id', generationId)
    .eq('call', 'embedding');
  expect(data?.map(({ model }) => model)).toEqual(Array(3).fill('test-embedding'));
  expect(data?.filter(({ lesson_id }) => lesson_id === null)).toHaveLength(1);
});

test.each<[string, ModelServerOptions, (server: ModelServer) => void]>([
  ['has no such path', { strict: ['embeddings'] }, () => {}],
  ['always fails', {}, (server) => server.next({ kind: 'status', status: 500 }, { call: 'embedding', times: 100 })],
])('where the provider %s, the course is made all the same, by words', async (_, options, prepare) => {
  await using lab = await createLab(stack());
  const server = await modelServer(options);
  prepare(server);
  const { course, statuses } = await makeCourse(lab, server);
  expect(statuses).toEqual(['completed', 'completed']);
  const { total, missing } = await missingIn(lab, course.id);
  expect(missing).toBe(total);
  expect(lab.logLines.filter(({ msg }) => String(msg).startsWith('passages not embedded'))).toHaveLength(1);
  const found = lab.logLines.filter(({ msg }) => msg === 'passages found');
  expect(found.map(({ byMeaning }) => byMeaning)).toEqual([false, false]);
});

test('an attempt that breaks off goes on with what has no embedding yet', async () => {
  await using lab = await createLab(stack());
  const server = await modelServer();
  const { generationId, course } = await lab.admit({ documents });
  const [document] = await lab.deps.documents.list(course.id);
  const chunks = Array.from({ length: 40 }, (_, position) => {
    const text = `Правило номер ${position + 1}`;
    return { position, headingPath: [], page: null, start: 0, end: text.length, text };
  });
  await lab.deps.store.replaceChunks({ documentId: document?.id ?? '', language: 'ru', chunks });
  const generation = await lab.deps.store.loadGeneration(generationId);
  if (generation === null) throw new Error('the generation is gone');
  const engine = await createEngine({ ...aiEnv(server), limiter: lab.deps.modelWatch.limiter, firstPauseMs: 5 });
  const signal = new AbortController().signal;
  const attempt = () =>
    embedPassages({
      deps: { ...lab.deps, engine, workerMetrics: { modelUsed: () => undefined } },
      log: lab.deps.log,
      signal,
      generation,
    });

  server.next({ kind: 'slow', ms: 0 }, { call: 'embedding' });
  server.next({ kind: 'status', status: 500 }, { call: 'embedding', times: 3 });
  await attempt();
  expect(await missingIn(lab, course.id)).toMatchObject({ total: 40, missing: 8 });
  await attempt();
  expect(await missingIn(lab, course.id)).toMatchObject({ missing: 0 });
  await attempt();
  expect(server.embeddings.map(({ body }) => body.input.length)).toEqual([32, 8, 8, 8, 8]);
});

test('what the whole course leaves out of the documents is stored for its owner', async () => {
  await using lab = await createLab(stack());
  const server = await modelServer();
  const long = (name: string, sentence: string) =>
    section(name, Array.from({ length: 15 }, (_, n) => `${sentence} Это правило номер ${n + 1}.`).join(' '));
  const text = `# Розы

${long('Посадка', 'Посадка роз начинается весной, когда почва прогрелась до десяти градусов.')}
${long('Полив', 'Поливают кусты под корень утром или вечером, не попадая на листья.')}
${long('Зимовка', 'Перед морозами кусты укрывают еловыми ветками и сухой землёй.')}`;
  const { generationId } = await lab.admit({
    brief: { title: 'Розы', estimated_lessons: 1, lesson_duration_minutes: 3 },
    documents: [{ name: 'розы.md', type: 'md', text }],
  });
  await lab.startWorker({ env: { ...lab.env, ai: aiEnv(server) } });
  await lab.reaches(generationId, 'completed', 30_000);
  const { data } = await clientFor(stack(), stack().serviceKey)
    .from('generations')
    .select('course_report')
    .eq('id', generationId)
    .single();
  expect(data?.course_report).toEqual({ alike: [], objectives: [], headings: ['Зимовка'], headingCount: 1 });
});
