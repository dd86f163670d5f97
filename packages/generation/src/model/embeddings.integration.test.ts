import { UnavailableFault } from '@megacampus/domain/errors';
import type { ModelBehaviour } from '@megacampus/test-kit/model-server';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { expect, it } from 'vitest';
import type { Limiter } from './requester.ts';
import { type ModelLab, modelLab, TEST_KEY } from './testing/lab.ts';

const lab = (options: Parameters<typeof modelLab>[0] = {}, server: Parameters<typeof modelLab>[1] = {}) =>
  modelLab({ embeddingModel: 'test-embedding', ...options }, server);
const passages = [
  { headingPath: ['Уход', 'Полив'], text: 'Взрослому кусту нужно десять литров воды раз в неделю.' },
  { headingPath: ['Уход', 'Посадка'], text: 'Яму копают глубиной в полметра.' },
];

function embedderOf({ engine }: ModelLab) {
  if (engine.embedder === undefined) throw new Error('an embedder is needed');
  return engine.embedder;
}

it('without an embedding model there is no embedder, and nothing is asked', async () => {
  const { engine } = await modelLab();
  expect(engine.embedder).toBeUndefined();
});

it('vectors have the length 1, and what means about the same lies nearer', async () => {
  const made = await lab();
  const embedder = embedderOf(made);
  const [watering = [], planting = []] = await embedder.embedPassages(passages, made.context());
  const query = await embedder.embedQuery('Сколько литров воды нужно кусту?', made.context());
  const cosine = (one: readonly number[]) => one.reduce((sum, number, at) => sum + number * (query[at] ?? 0), 0);
  expect(Math.hypot(...watering)).toBeCloseTo(1, 5);
  expect(cosine(watering)).toBeGreaterThan(cosine(planting) + 0.1);
  const [first] = made.server.embeddings;
  expect(first?.body).toMatchObject({ model: 'test-embedding', encoding_format: 'float' });
  expect(first?.body.input[0]).toContain('Уход > Полив');
  expect(first?.authorization).toBe(`Bearer ${TEST_KEY}`);
});

it('what it used is recorded with its own price; estimated where the provider gives no number', async () => {
  const made = await lab({ embeddingPrice: 0.5 });
  await embedderOf(made).embedPassages(passages, made.context());
  const [used] = made.usage;
  expect(used).toMatchObject({ call: 'embedding', model: 'test-embedding', outputTokens: 0, estimated: false });
  expect(used?.cost).toBeCloseTo(((used?.inputTokens ?? 0) * 0.5) / 1_000_000, 10);
  const unpriced = await lab({}, { strict: ['usage'] });
  await embedderOf(unpriced).embedPassages(passages, unpriced.context());
  expect(unpriced.usage[0]).toMatchObject({ cost: null, estimated: true });
  expect(unpriced.usage[0]?.inputTokens).toBeGreaterThan(10);
});

it.each<ModelBehaviour>([
  { kind: 'status', status: 500 },
  { kind: 'status', status: 429, retryAfter: '0' },
  { kind: 'reset' },
  { kind: 'odd_vectors' },
])('$kind $status: is tried again, three times in all', async (behaviour) => {
  const made = await lab();
  made.server.next(behaviour, { times: 2, call: 'embedding' });
  await expect(embedderOf(made).embedPassages(passages, made.context())).resolves.toHaveLength(2);
  made.server.next(behaviour, { times: 3, call: 'embedding' });
  await expect(embedderOf(made).embedPassages(passages, made.context())).rejects.toBeInstanceOf(UnavailableFault);
  expect(made.server.embeddings).toHaveLength(6);
});

it('a server without the endpoint is an error at once', async () => {
  const without = await lab({}, { strict: ['embeddings'] });
  await expect(embedderOf(without).embedPassages(passages, without.context())).rejects.toMatchObject({ retry: false });
});

it('keeps to the deadline, and a cancel stops it at once', async () => {
  const slow = await lab({ requestTimeoutMs: 100 });
  slow.server.next({ kind: 'never' }, { times: 3, call: 'embedding' });
  await expect(embedderOf(slow).embedPassages(passages, slow.context())).rejects.toBeInstanceOf(UnavailableFault);
  await waitFor(() => slow.server.embeddings.every(({ aborted }) => aborted));

  const made = await lab();
  made.server.next({ kind: 'never' }, { call: 'embedding' });
  const controller = new AbortController();
  const reason = new Error('cancelled');
  const running = embedderOf(made).embedPassages(passages, made.context(controller.signal));
  await waitFor(() => made.server.embeddings.length === 1);
  controller.abort(reason);
  await expect(running).rejects.toBe(reason);
  await waitFor(() => made.server.inFlight === 0);
});

it('a spent budget stops it, and it never takes more than a quarter of what is left', async () => {
  const made = await lab({ budgetTokens: 400 });
  const embedder = embedderOf(made);
  expect(await embedder.affords(240, made.context())).toBe(true);
  expect(await embedder.affords(400, made.context())).toBe(false);
  const usage = { call: 'lesson', model: 'm', inputTokens: 400, outputTokens: 0, estimated: false, cost: null };
  await made.context().usage?.record(usage);
  await expect(embedder.embedPassages(passages, made.context())).rejects.toThrow('AI_BUDGET_TOKENS');
  expect(made.server.embeddings).toHaveLength(0);
});

it('keeps to the places all requests share', async () => {
  let turn: Promise<unknown> = Promise.resolve();
  const oneByOne: Limiter = {
    run(signal, work) {
      const mine = turn.then(() => work(signal));
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
  const made = await lab({ limiter: oneByOne });
  const embedder = embedderOf(made);
  made.server.next({ kind: 'slow', ms: 50 }, { times: 2, call: 'embedding' });
  await Promise.all([embedder.embedQuery('раз', made.context()), embedder.embedQuery('два', made.context())]);
  expect(made.server.embeddings).toHaveLength(2);
  expect(made.server.mostInFlight).toBe(1);
});
