import { describe, expect, test } from 'vitest';
import { createLessonStore } from './lessons.ts';
import { contentOf, newId, useDatabase } from './testing/database.ts';

const db = useDatabase();
const lessons = createLessonStore(db.client);

async function completedCourse() {
  const { userId, courseId } = await db.addCourse();
  const documentId = await db.addDocument(userId, courseId, 'источник.md');
  const chunks = [{ position: 0, headingPath: [], page: null, start: 0, end: 10, text: 'Кошки спят' }];
  await db.store.replaceChunks({ documentId, language: 'ru', chunks });
  const ids = (await db.store.listPassages(courseId)).map(({ id }) => id);
  const { generationId, lessonIds } = await db.outline(courseId, 2, ids);
  for (const lessonId of lessonIds) {
    await db.store.saveLesson({ lessonId, generationId, content: contentOf('как создано[^1]', ids) });
  }
  await db.store.saveSummary({ generationId, summary: { overview: 'Итог', glossary: [] } });
  await db.move(courseId, 5, 'completed', { generationId });
  return { userId, courseId, documentId, generationId, lessonId: lessonIds[0] ?? '', otherId: lessonIds[1] ?? '' };
}

const lesson = (id: string) => db.one('SELECT * FROM lessons WHERE id = $1', [id]);
const content = (text: string) => ({ title: 'Урок 1', content: text });

describe('editing a lesson', () => {
  test('replaces its text and keeps what was there, with quiz and citations', async () => {
    const { userId, lessonId } = await completedCourse();
    const change = { lessonId, expectedVersion: 1, title: 'Новое имя', content: 'от руки' };
    expect(await lessons.edit(userId, change)).toEqual({ outcome: 'saved', version: 2 });
    expect(await lesson(lessonId)).toMatchObject({ title: 'Новое имя', content: 'от руки', origin: 'edited' });
    const [kept, ...more] = await lessons.listRevisions(userId, lessonId);
    expect([kept, more]).toMatchObject([{ origin: 'generated', version: 1, title: 'Урок 1' }, []]);
    expect(await lessons.loadRevision(userId, kept?.id ?? '')).toMatchObject({
      content: 'как создано[^1]',
      quiz: contentOf('').quiz,
      citations: [{ position: 1, documentName: 'источник.md', quote: 'цитата' }],
    });
    // The mark may be put back, so the citation stays.
    expect(await db.rows('SELECT FROM citations WHERE lesson_id = $1', [lessonId])).toHaveLength(1);
    expect(await db.rows('SELECT FROM quiz_questions WHERE lesson_id = $1', [lessonId])).toHaveLength(2);
  });

  test('of the same version, by many at once: one is saved, the others are told', async () => {
    const { userId, lessonId } = await completedCourse();
    const edits = Array.from({ length: 8 }, (_, n) => ({ lessonId, expectedVersion: 1, ...content(`правка ${n}`) }));
    const answers = await Promise.all(edits.map((edit) => lessons.edit(userId, edit)));
    expect(answers.filter(({ outcome }) => outcome === 'saved')).toHaveLength(1);
    expect(answers.filter(({ outcome }) => outcome === 'conflict')).toHaveLength(7);
    expect(await lessons.listRevisions(userId, lessonId)).toHaveLength(1);
  });

  test('is refused while a generation is in flight, and its copy has whatever was saved before', async () => {
    const { userId, courseId, lessonId, otherId } = await completedCourse();
    await lessons.edit(userId, { lessonId, expectedVersion: 1, ...content('от руки') });
    const generationId = newId();
    const rewrite = { lesson_id: otherId, instruction: 'проще' };
    await db.move(courseId, 1, 'completed', { generationId, metadata: { rewrite } });
    const edit = { lessonId, expectedVersion: 2, ...content('ещё') };
    expect(await lessons.edit(userId, edit)).toEqual({ outcome: 'busy', generationId });
    const [link] = await lessons.listRevisions(userId, lessonId);
    const restore = { lessonId, expectedVersion: 2, revisionId: link?.id ?? '' };
    expect(await lessons.restore(userId, restore)).toEqual({ outcome: 'busy', generationId });

    const pending = (await db.store.loadGeneration(generationId))?.lessons[1]?.id ?? '';
    await db.store.saveLesson({ lessonId: pending, generationId, content: contentOf('проще сказано') });
    await db.move(courseId, 5, 'completed', { generationId });
    // Named by its id of before, the lesson is found in the new version; the rewritten one has kept its old text.
    expect(await lessons.edit(userId, edit)).toEqual({ outcome: 'saved', version: 3 });
    expect(await lesson(lessonId)).toMatchObject({ content: 'от руки', version: 2 });
    const [old] = await lessons.listRevisions(userId, otherId);
    expect(old).toMatchObject({ origin: 'generated', instruction: null, version: 1 });
    const back = { lessonId: otherId, expectedVersion: 2, revisionId: old?.id ?? '' };
    expect(await lessons.restore(userId, back)).toEqual({ outcome: 'saved', version: 3 });
    expect((await lessons.listRevisions(userId, otherId))[0]).toMatchObject({ instruction: 'проще', version: 2 });
  });

  test('and the admission of a rewriting at the same time lose nothing, whichever comes first', async () => {
    const { userId, courseId, lessonId, otherId } = await completedCourse();
    const generationId = newId();
    const rewrite = { lesson_id: otherId, instruction: '' };
    const [edited] = await Promise.all([
      lessons.edit(userId, { lessonId, expectedVersion: 1, ...content('от руки') }),
      db.move(courseId, 1, 'completed', { generationId, metadata: { rewrite } }),
    ]);
    const copy = await db.one('SELECT content FROM lessons WHERE generation_id = $1 AND position = 1', [generationId]);
    expect(copy).toEqual({ content: edited.outcome === 'saved' ? 'от руки' : 'как создано[^1]' });
  });

  test.each([
    ['a blank text', content(' \n')],
    ['a text of 100,001 characters', content('я'.repeat(100_001))],
    ['a blank title', { title: ' ', content: 'текст' }],
  ])('%s is refused', async (_, change) => {
    const { userId, lessonId } = await completedCourse();
    await expect(lessons.edit(userId, { lessonId, expectedVersion: 1, ...change })).rejects.toThrow();
    expect(await lesson(lessonId)).toMatchObject({ version: 1 });
  });

  test('the same text again changes nothing', async () => {
    const { userId, lessonId } = await completedCourse();
    const same = { lessonId, expectedVersion: 1, ...content('как создано[^1]') };
    expect(await lessons.edit(userId, same)).toEqual({ outcome: 'saved', version: 1 });
    expect(await lessons.listRevisions(userId, lessonId)).toEqual([]);
  });

  test('at most 20 earlier texts are kept, the newest', async () => {
    const { userId, lessonId } = await completedCourse();
    for (let version = 1; version <= 22; version += 1) {
      await lessons.edit(userId, { lessonId, expectedVersion: version, ...content(`правка ${version}`) });
    }
    const versions = (await lessons.listRevisions(userId, lessonId)).map(({ version }) => version);
    expect(versions).toEqual(Array.from({ length: 20 }, (_, n) => 22 - n));
  });
});

describe('returning to an earlier text', () => {
  test('brings text, quiz and citations back, also when their document has gone, and can be taken back itself', async () => {
    const { userId, lessonId, documentId } = await completedCourse();
    const before = await db.store.loadFinishedWork(String((await lesson(lessonId))['generation_id']));
    await lessons.edit(userId, { lessonId, expectedVersion: 1, ...content('от руки') });
    await db.rows('DELETE FROM quiz_questions WHERE lesson_id = $1', [lessonId]);
    await db.rows('DELETE FROM course_documents WHERE id = $1', [documentId]);
    const [link] = await lessons.listRevisions(userId, lessonId);
    const restore = { lessonId, expectedVersion: 2, revisionId: link?.id ?? '' };
    expect(await lessons.restore(userId, restore)).toEqual({ outcome: 'saved', version: 3 });
    const after = await db.store.loadFinishedWork(String((await lesson(lessonId))['generation_id']));
    const { citations, ...text } = before.lessons[0]?.content ?? { citations: [] };
    expect(after.lessons[0]?.content).toMatchObject({ ...text, citations: citations.map(({ quote }) => ({ quote })) });
    expect(await lesson(lessonId)).toMatchObject({ origin: 'restored', version: 3 });
    expect((await lessons.listRevisions(userId, lessonId))[0]).toMatchObject({ origin: 'edited', version: 2 });
    expect(await lessons.restore(userId, restore)).toEqual({ outcome: 'conflict', version: 3 });
  });

  test('of another lesson is no earlier text of this one', async () => {
    const { userId, lessonId, otherId } = await completedCourse();
    await lessons.edit(userId, { lessonId: otherId, expectedVersion: 1, ...content('от руки') });
    const [link] = await lessons.listRevisions(userId, otherId);
    const restore = { lessonId, expectedVersion: 1, revisionId: link?.id ?? '' };
    expect(await lessons.restore(userId, restore)).toEqual({ outcome: 'not_found' });
  });
});

test('somebody else can change, list and read nothing', async () => {
  const { userId, lessonId } = await completedCourse();
  await lessons.edit(userId, { lessonId, expectedVersion: 1, ...content('тайна') });
  const [link] = await lessons.listRevisions(userId, lessonId);
  const revisionId = link?.id ?? '';
  const thief = await db.addUser();
  const change = { lessonId, expectedVersion: 2 };
  expect(await lessons.edit(thief, { ...change, ...content('захвачено') })).toEqual({ outcome: 'not_found' });
  expect(await lessons.restore(thief, { ...change, revisionId })).toEqual({ outcome: 'not_found' });
  expect(await lessons.listRevisions(thief, lessonId)).toEqual([]);
  expect(await lessons.loadRevision(thief, revisionId)).toBeNull();
  expect(await lesson(lessonId)).toMatchObject({ content: 'тайна' });
});
