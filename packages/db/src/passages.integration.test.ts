import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { useDatabase } from './testing/database.ts';

const db = useDatabase();
const chunk = (position: number, text: string, headingPath: string[] = []) => ({
  position,
  headingPath,
  page: null,
  start: 0,
  end: text.length,
  text,
});

describe('passages', () => {
  test('are in reading order, documents in the order of upload', async () => {
    const { userId, courseId } = await db.addCourse();
    const first = await db.addDocument(userId, courseId, 'z.md');
    const second = await db.addDocument(userId, courseId, 'a.md');
    await db.store.replaceChunks({ documentId: second, language: 'ru', chunks: [chunk(1, 'четыре'), chunk(0, 'три')] });
    await db.store.replaceChunks({
      documentId: first,
      language: 'ru',
      chunks: [chunk(0, 'раз'), chunk(1, 'два', ['А', 'Б'])],
    });
    const passages = await db.store.listPassages(courseId);
    expect(passages.map(({ text }) => text)).toEqual(['раз', 'два', 'три', 'четыре']);
    expect(passages[1]).toMatchObject({
      documentId: first,
      documentName: 'z.md',
      headingPath: ['А', 'Б'],
      page: null,
      end: 3,
    });
  });

  test('more than fit into one answer are all there', async () => {
    const { userId, courseId } = await db.addCourse();
    const documentId = await db.addDocument(userId, courseId);
    const chunks = Array.from({ length: 2_003 }, (_, position) => chunk(position, `абзац ${position}`));
    expect(await db.store.replaceChunks({ documentId, language: 'ru', chunks })).toEqual({
      saved: true,
      chunks: 2_003,
    });
    const passages = await db.store.listPassages(courseId);
    expect(passages.map(({ position }) => position)).toEqual(chunks.map(({ position }) => position));
  });

  test('storing them twice keeps their ids; storing others replaces them', async () => {
    const { userId, courseId } = await db.addCourse();
    const documentId = await db.addDocument(userId, courseId);
    const store = (texts: string[], language = 'ru') =>
      db.store.replaceChunks({ documentId, language, chunks: texts.map((text, n) => chunk(n, text)) });
    const list = async () => (await db.store.listPassages(courseId)).map(({ id, text }) => ({ id, text }));
    await store(['раз', 'два', 'три']);
    const before = await list();
    await Promise.all([store(['раз', 'два', 'три']), store(['раз', 'два', 'три'])]);
    expect(await list()).toEqual(before);
    await store(['раз', 'иначе'], 'en');
    const after = await list();
    expect(after.map(({ text }) => text)).toEqual(['раз', 'иначе']);
    expect(after[0]).toEqual(before[0]);
    expect(await store([])).toEqual({ saved: true, chunks: 0 });
    expect(await list()).toEqual([]);
    expect(await db.store.replaceChunks({ documentId: randomUUID(), language: 'ru', chunks: [] })).toBeNull();
  });

  test('are found by the words of their own language, headings before text', async () => {
    const { userId, courseId } = await db.addCourse();
    const ru = await db.addDocument(userId, courseId, 'ru.md');
    const en = await db.addDocument(userId, courseId, 'en.md');
    await db.store.replaceChunks({
      documentId: ru,
      language: 'ru',
      chunks: [chunk(0, 'СОБАКИ лают на кошку'), chunk(1, 'Молоко полезно', ['Кошки']), chunk(2, 'Погода')],
    });
    await db.store.replaceChunks({
      documentId: en,
      language: 'en',
      chunks: [chunk(0, 'Running dogs'), chunk(1, 'Weather')],
    });
    const search = async (query: string, limit = 10) =>
      (await db.store.searchChunks({ courseId, query, limit })).map(({ text }) => text);
    expect(await search('кошка и облако')).toEqual(['Молоко полезно', 'СОБАКИ лают на кошку']);
    expect(await search('dog runs')).toEqual(['Running dogs']);
    expect(await search('кошка', 1)).toEqual(['Молоко полезно']);
    expect(await search("'; drop & | ! <-> (")).toEqual([]);
    expect(await search('')).toEqual([]);
  });

  test('rare words count more than common ones; names in capitals are no stop words; ё is found as е', async () => {
    const { userId, courseId } = await db.addCourse();
    const en = await db.addDocument(userId, courseId, 'en.md');
    const ru = await db.addDocument(userId, courseId, 'ru.md');
    const store = (documentId: string, language: string, texts: string[]) =>
      db.store.replaceChunks({ documentId, language, chunks: texts.map((text, n) => chunk(n, text)) });
    await store(en, 'en', [
      'A table has rows. A table has columns. A table has a name. A table has keys.',
      'Tables are joined by keys.',
      'A table may be denormalised.',
      'HAVING selects groups.',
      'Having selected a table, go on.',
    ]);
    await store(ru, 'ru', ['Пчёлы летят на мёд.', 'Овцы идут домой.']);
    const first = async (query: string) => (await db.store.searchChunks({ courseId, query, limit: 1 }))[0]?.text;
    expect(await first('What is a denormalised table?')).toBe('A table may be denormalised.');
    expect(await first('What does HAVING do?')).toBe('HAVING selects groups.');
    expect(await first('пчелы')).toBe('Пчёлы летят на мёд.');
    expect(await first('МЁД')).toBe('Пчёлы летят на мёд.');
    expect(await first("it's a \\ 'quote'")).toBeUndefined();
  });
});
