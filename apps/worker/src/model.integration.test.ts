import { setTimeout as pause } from 'node:timers/promises';
import { UnavailableFault } from '@megacampus/domain/errors';
import type { CourseEngine } from '@megacampus/generation/engine';
import { cancelGeneration } from '@megacampus/orchestrator/cancel-generation';
import { type ModelServer, startModelServer } from '@megacampus/test-kit/model-server';
import { clientFor } from '@megacampus/test-kit/users';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { expect, onTestFinished, test } from 'vitest';
import type { AiEnv } from './ai-env.ts';
import { createEngine } from './engine.ts';
import { createLab, type Lab } from './testing/lab.ts';
import { useOwnStack } from './testing/own-stack.ts';

const stack = useOwnStack();

const handbook = `# Уход за розами

## Посадка

Розы сажают весной, когда почва прогрелась до десяти градусов. Яму копают глубиной в полметра. На дно кладут перегной и золу.
Корни перед посадкой замачивают в воде на два часа. Место прививки заглубляют на пять сантиметров.

## Полив

Взрослому кусту нужно десять литров воды раз в неделю. Поливают под корень, утром или вечером. Вода на листьях вызывает болезни.
В жару полив учащают до двух раз в неделю. В августе полив прекращают, чтобы побеги вызрели.
`;

async function modelServer(): Promise<ModelServer> {
  const server = await startModelServer();
  onTestFinished(() => server.close());
  return server;
}

const aiEnv = (server: ModelServer, changes: Partial<AiEnv> = {}): AiEnv => ({
  baseUrl: server.url,
  apiKey: 'sk-test-0123456789',
  model: 'test-model',
  maxConcurrency: 4,
  budgetTokens: 5_000_000,
  contextTokens: 32_768,
  requestTimeoutMs: 10_000,
  prices: { input: 0.5, output: 1.5 },
  strictSources: true,
  ...changes,
});

const startWith = (lab: Lab, ai: AiEnv) => lab.startWorker({ env: { ...lab.env, ai } });
const service = () => clientFor(stack(), stack().serviceKey);

async function lessonsOf(generationId: string) {
  const columns = 'id, title, status, content, error';
  const { data } = await service().from('lessons').select(columns).eq('generation_id', generationId).order('position');
  return data ?? [];
}

async function errorOf(courseId: string): Promise<string> {
  const { data } = await service().from('courses').select('error_message').eq('id', courseId).single();
  return data?.error_message ?? '';
}

test('a course is written by the model from its documents, and what it used is kept for each lesson', async () => {
  await using lab = await createLab(stack());
  const server = await modelServer();
  const documents = [{ name: 'розы.md', type: 'md', text: handbook }] as const;
  const { generationId } = await lab.admit({ brief: { title: 'Розы в саду', estimated_lessons: 2 }, documents });
  const worker = await startWith(lab, aiEnv(server));
  await lab.reaches(generationId, 'completed');

  const generation = await service().from('generations').select('model').eq('id', generationId).single();
  expect(generation.data?.model).toBe('test-model');
  const lessons = await lessonsOf(generationId);
  expect(lessons.map(({ status }) => status)).toEqual(['completed', 'completed']);
  const citations = await service().from('citations').select('quote').eq('generation_id', generationId);
  for (const { quote } of citations.data ?? []) expect(handbook).toContain(quote);
  const { data: usage } = await service().from('model_usage').select('*').eq('generation_id', generationId);
  expect(usage).toHaveLength(server.requests.length);
  for (const { id } of lessons) {
    const calls = usage?.filter(({ lesson_id }) => lesson_id === id).map(({ call }) => call);
    expect(calls).toEqual(['lesson', 'quiz']);
  }
  for (const row of usage ?? [])
    expect(row.cost).toBeCloseTo((row.input_tokens * 0.5 + row.output_tokens * 1.5) / 1e6, 5);
  const metrics = await (await fetch(`http://127.0.0.1:${worker.adminPort}/metrics`)).text();
  for (const direction of ['input', 'output'] as const) {
    const used = usage?.reduce((sum, row) => sum + row[`${direction}_tokens`], 0);
    expect(metrics).toContain(`megacampus_model_tokens_total{model="test-model",direction="${direction}"} ${used}`);
  }
});

test('a course survives a model that is slow, busy, broken, talks nonsense, another language, or breaks off', async () => {
  await using lab = await createLab(stack());
  const server = await modelServer();
  server.next({ kind: 'status', status: 429, retryAfter: '1' }, { call: 'analysis' });
  server.next({ kind: 'status', status: 500 }, { call: 'outline' });
  server.next({ kind: 'broken_json' }, { call: 'outline' });
  server.next({ kind: 'wrong_language' }, { call: 'lesson' });
  server.next({ kind: 'truncated' }, { call: 'lesson' });
  server.next({ kind: 'slow', ms: 700 }, { call: 'quiz' });
  server.next({ kind: 'reset' }, { call: 'quiz' });
  server.next({ kind: 'never' }, { call: 'summary' });
  const { generationId } = await lab.admit({ brief: { title: 'Терпение', estimated_lessons: 3 } });
  await startWith(lab, aiEnv(server, { requestTimeoutMs: 2_000 }));
  await lab.reaches(generationId, 'completed', 30_000);
  const lessons = await lessonsOf(generationId);
  expect(lessons.map(({ status }) => status)).toEqual(Array(3).fill('completed'));
});

test('after a cancel the request under way is broken off and no other follows', async () => {
  await using lab = await createLab(stack());
  const server = await modelServer();
  server.next({ kind: 'never' }, { call: 'lesson', times: 100 });
  const { generationId, course, user } = await lab.admit({ brief: { title: 'Отмена', estimated_lessons: 6 } });
  await startWith(lab, aiEnv(server));
  await waitFor(() => server.of('lesson').length === 2, { timeoutMs: 15_000 });
  await cancelGeneration(lab.deps, { generationId, courseId: course.id, userId: user.userId });
  await waitFor(() => server.inFlight === 0, { timeoutMs: 2_000, what: 'the requests to be broken off' });
  const made = server.requests.length;
  await waitFor(async () => (await lab.deps.slots.list()).length === 0, { what: 'the slot to be free' });
  // Longer than any pause before a request is made again, and than the reconciler's round.
  await pause(4_000);
  expect(server.requests).toHaveLength(made);
  expect(server.of('lesson').every(({ aborted }) => aborted)).toBe(true);
});

test('a spent budget stops a generation and says so; what it bought is kept', async () => {
  await using lab = await createLab(stack());
  const server = await modelServer();
  const { generationId } = await lab.admit({ brief: { title: 'Бюджет', estimated_lessons: 8 } });
  // Enough for the plan and about two lessons of eight.
  await startWith(lab, aiEnv(server, { budgetTokens: 14_000 }));
  await lab.reaches(generationId, 'completed', 30_000);
  const lessons = await lessonsOf(generationId);
  const failed = lessons.filter(({ status }) => status === 'failed');
  expect(failed.length).toBeGreaterThan(0);
  expect(failed.length).toBeLessThan(8);
  for (const { error } of failed) expect(error).toMatch(/бюджет в 14000 токенов/);
});

test('a budget that is too small for a single lesson fails the course with the same words', async () => {
  await using lab = await createLab(stack());
  const server = await modelServer();
  const { generationId, course } = await lab.admit({ brief: { title: 'Мало', estimated_lessons: 2 } });
  await startWith(lab, aiEnv(server, { budgetTokens: 2_500 }));
  await lab.reaches(generationId, 'failed', 30_000);
  expect(await errorOf(course.id)).toMatch(/бюджет в 2500 токенов/);
  expect(server.of('quiz')).toHaveLength(0);
});

test('a key that is refused fails the course after one request, with what to do', async () => {
  await using lab = await createLab(stack());
  const server = await modelServer();
  server.behave({ kind: 'status', status: 401, message: 'Incorrect API key provided: sk-test-0123456789' });
  const { generationId, course } = await lab.admit();
  await startWith(lab, aiEnv(server));
  await lab.reaches(generationId, 'failed');
  expect(await errorOf(course.id)).toContain('AI_API_KEY');
  expect(server.requests).toHaveLength(1);
  expect(JSON.stringify(lab.logLines)).not.toContain('sk-test-0123456789');
});

test('a lesson that fails a gate twice fails with the reason; the rest of the course is there', async () => {
  await using lab = await createLab(stack());
  const server = await modelServer();
  const { generationId } = await lab.admit({ brief: { title: 'Один плохой', estimated_lessons: 3 } });
  server.next({ kind: 'wrong_language' }, { call: 'lesson', times: 2 });
  await startWith({ ...lab, env: { ...lab.env, concurrency: 1 } }, aiEnv(server));
  await lab.reaches(generationId, 'completed', 30_000);
  const lessons = await lessonsOf(generationId);
  expect(lessons.map(({ status }) => status).sort()).toEqual(['completed', 'completed', 'failed']);
  expect(lessons.find(({ status }) => status === 'failed')?.error).toContain('не на языке курса');
});

test('a model that is down for a while costs no attempt', async () => {
  await using lab = await createLab(stack());
  const { generationId } = await lab.admit({ brief: { title: 'Перебой', estimated_lessons: 1 } });
  const engine = await createEngine();
  let calls = 0;
  const analyze: CourseEngine['analyze'] = async (input, context) => {
    calls += 1;
    if (calls <= 3) throw new UnavailableFault('model');
    return engine.analyze(input, context);
  };
  await lab.startWorker({ engine: { ...engine, analyze } });
  await lab.reaches(generationId, 'completed');
  expect(lab.logLines.filter(({ msg }) => msg === 'attempt failed; will be tried again')).toEqual([]);
});

test('a model that never answers in the right form fails the course, and the user is told so', async () => {
  await using lab = await createLab(stack());
  const server = await modelServer();
  server.behave({ kind: 'wrong_shape' });
  const { generationId, course } = await lab.admit();
  await startWith(lab, aiEnv(server));
  await lab.reaches(generationId, 'failed');
  expect(await errorOf(course.id)).toContain('не в том виде');
  // Three attempts of two requests.
  expect(server.requests).toHaveLength(6);
});

test('over two worker processes no more requests are under way than allowed', async () => {
  await using lab = await createLab(stack());
  const server = await modelServer();
  server.behave({ kind: 'slow', ms: 150 });
  const { generationId } = await lab.admit({ brief: { title: 'Предел', estimated_lessons: 12 } });
  const ai = aiEnv(server, { maxConcurrency: 3 });
  await Promise.all([lab.spawnWorker({}, { concurrency: 4, ai }), lab.spawnWorker({}, { concurrency: 4, ai })]);
  await lab.reaches(generationId, 'completed', 40_000);
  expect(server.mostInFlight).toBe(3);
}, 60_000);
