import { expect, test } from 'vitest';
import { useDatabase } from './testing/database.ts';

const db = useDatabase();
const MODEL = 'test-embedding';

const chunk = (position: number, text: string) => ({
  position,
  headingPath: [],
  page: null,
  start: 0,
  end: text.length,
  text,
});

async function courseWith(texts: readonly string[]) {
  const { userId, courseId } = await db.addCourse();
  const documentId = await db.addDocument(userId, courseId);
  const replace = (some: readonly string[]) =>
    db.store.replaceChunks({ documentId, language: 'ru', chunks: some.map((text, n) => chunk(n, text)) });
  await replace(texts);
  const idOf = async (text: string) =>
    (await db.store.listPassages(courseId)).find((passage) => passage.text === text)?.id ?? '';
  const embed = async (text: string, vector: number[], model = MODEL) =>
    db.store.saveEmbeddings({ courseId, model, vectors: [{ id: await idOf(text), vector }] });
  const search = async (query: string, vector?: number[], model = MODEL, limit = 10) =>
    (await db.store.searchChunks({ courseId, query, limit, ...(vector ? { embedding: { model, vector } } : {}) })).map(
      ({ text }) => text,
    );
  const missing = async (model = MODEL) =>
    (await db.store.listUnembedded({ courseId, model, limit: 100 })).passages.map(({ text }) => text);
  return { courseId, replace, embed, search, missing };
}

test('a passage without a word of the query is found by its meaning, and one that has both comes first', async () => {
  const { embed, search } = await courseWith(['внедрение кода', 'инъекция в мышцу', 'погода', 'инъекция кода']);
  await embed('внедрение кода', [0.9, Math.sqrt(1 - 0.81)]);
  await embed('инъекция в мышцу', [0, 1]);
  await embed('погода', [-1, 0]);
  await embed('инъекция кода', [1, 0]);
  expect(await search('инъекция')).not.toContain('внедрение кода');
  expect((await search('инъекция', [1, 0]))[0]).toBe('инъекция кода');
  expect(await search('инъекция', [1, 0])).toContain('внедрение кода');
  expect(await search('ничего общего', [1, 0], MODEL, 2)).toEqual(['инъекция кода', 'внедрение кода']);
});

test('vectors of another model or length are never compared, and go when new ones come', async () => {
  const { courseId, embed, search, missing } = await courseWith(['раз', 'два']);
  await embed('раз', [1, 0]);
  expect(await search('другое', [1, 0])).toEqual(['раз']);
  expect(await search('другое', [1, 0], 'other-model')).toEqual([]);
  expect(await search('другое', [1, 0, 0])).toEqual([]);
  expect(await missing()).toEqual(['два']);
  expect(await missing('other-model')).toEqual(['раз', 'два']);
  await embed('два', [0, 0, 1]);
  expect(await missing()).toEqual(['раз']);
  await embed('раз', [1, 0, 0, 0], 'other-model');
  expect(await missing('other-model')).toEqual(['два']);
  const { count } = await db.one<{ count: string }>(
    'SELECT count(DISTINCT (model, cardinality(vector))) FROM chunk_embeddings WHERE course_id = $1',
    [courseId],
  );
  expect(count).toBe('1');
});

test('reading a document again keeps the vectors of what has not changed', async () => {
  const { embed, missing, replace } = await courseWith(['раз', 'два']);
  await embed('раз', [1, 0]);
  await embed('два', [0, 1]);
  await replace(['раз', 'иначе']);
  expect(await missing()).toEqual(['иначе']);
});

test('vectors of passages that are gone, or of another course, are not stored; of different lengths, refused', async () => {
  const one = await courseWith(['раз']);
  const other = await courseWith(['два']);
  const id = (await db.store.listPassages(other.courseId))[0]?.id ?? '';
  const save = (vectors: { id: string; vector: number[] }[]) =>
    db.store.saveEmbeddings({ courseId: one.courseId, model: MODEL, vectors });
  expect(await save([{ id, vector: [1, 0] }])).toEqual({ saved: 0 });
  await expect(
    save([
      { id, vector: [1, 0] },
      { id, vector: [1] },
    ]),
  ).rejects.toThrow('different lengths');
});

test('a batch as large as a worker sends is stored', async () => {
  const texts = Array.from({ length: 32 }, (_, n) => `абзац ${n}`);
  const { courseId, missing } = await courseWith(texts);
  const passages = await db.store.listPassages(courseId);
  const vector = Array.from({ length: 3_072 }, (_, n) => Number(Math.sin(n + 1).toPrecision(7)));
  const vectors = passages.map(({ id }) => ({ id, vector }));
  expect(await db.store.saveEmbeddings({ courseId, model: MODEL, vectors })).toEqual({ saved: 32 });
  expect(await missing()).toEqual([]);
});
