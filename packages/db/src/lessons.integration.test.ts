import { percentageOf } from '@megacampus/domain/steps';
import { describe, expect, test } from 'vitest';
import { contentOf, useDatabase } from './testing/database.ts';

const db = useDatabase();
const summary = { overview: 'Итог', glossary: [{ term: 'а', definition: 'б' }] };
const chunk = (position: number, text: string, headingPath: string[] = []) => ({
  position,
  headingPath,
  page: null,
  start: 0,
  end: text.length,
  text,
});

describe('lessons', () => {
  test('move step 4 and complete it with the last one, by their rows', async () => {
    const { courseId } = await db.addCourse();
    const { generationId, lessonIds } = await db.outline(courseId, 3);
    for (const [index, lessonId] of lessonIds.entries()) {
      const done = index + 1;
      const answer =
        index === 1
          ? await db.store.failLesson({ lessonId, generationId, error: 'не вышло' })
          : await db.store.saveLesson({ lessonId, generationId, content: contentOf(`# Урок ${done}`) });
      const failed = index >= 1 ? 1 : 0;
      expect(answer).toEqual({ saved: true, completed: done - failed, failed, total: 3 });
      expect((await db.course(courseId)).generation_progress).toMatchObject({
        percentage: percentageOf(4, 'in_progress', { done, total: 3 }),
        lessons_completed: done - failed,
        lessons_total: 3,
      });
    }
    const { generation_progress, generation_status } = await db.course(courseId);
    expect(generation_progress.steps[3]?.status).toBe('completed');
    expect(generation_status).toBe('generating_content');
    // Numbers told by a caller do not count once there are rows.
    const metadata = { lessons_completed: 0, lessons_total: 100 };
    const told = await db.move(courseId, 4, 'in_progress', { generationId, metadata });
    expect(told).toMatchObject({ lessons_completed: 2, lessons_total: 3, percentage: 80 });
  });

  test('are stored once, with quiz and citations, however many write them at once', async () => {
    const { userId, courseId } = await db.addCourse();
    const documentId = await db.addDocument(userId, courseId, 'источник.md');
    await db.store.replaceChunks({ documentId, language: 'ru', chunks: [chunk(0, 'Кошки спят', ['Глава'])] });
    const [passage] = await db.store.listPassages(courseId);
    const ids = [passage?.id ?? ''];
    const { generationId, lessonIds } = await db.outline(courseId, 2, ids);
    const lessonId = lessonIds[0] ?? '';
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        db.store.saveLesson({ lessonId, generationId, content: contentOf(`текст ${n}`, ids) }),
      ),
    );
    for (const answer of answers) expect(answer).toEqual({ saved: true, completed: 1, failed: 0, total: 2 });
    expect(await db.rows('SELECT FROM quiz_questions WHERE lesson_id = $1', [lessonId])).toHaveLength(2);
    expect(await db.rows('SELECT * FROM citations WHERE lesson_id = $1', [lessonId])).toMatchObject([
      {
        document_id: documentId,
        chunk_id: passage?.id,
        document_name: 'источник.md',
        heading_path: ['Глава'],
        quote: 'цитата',
      },
    ]);
    const late = await db.store.failLesson({ lessonId, generationId, error: 'поздно' });
    expect(late).toMatchObject({ saved: false, completed: 1, failed: 0 });

    const input = await db.store.lessonInput(lessonId);
    expect(input).toMatchObject({ sectionIndex: 0, lessonIndex: 0, status: 'completed', passages: [passage] });
    const work = await db.store.loadFinishedWork(generationId);
    expect(work.lessons).toHaveLength(1);
    expect(work.lessons[0]?.content).toMatchObject({
      ...contentOf('', ids),
      markdown: expect.stringMatching(/^текст/),
    });
  });

  test('that many workers end at the same time are all counted', async () => {
    const { courseId } = await db.addCourse();
    const { generationId, lessonIds } = await db.outline(courseId, 24);
    const answers = await Promise.all(
      lessonIds.map((lessonId, n) =>
        n % 4 === 0
          ? db.store.failLesson({ lessonId, generationId, error: 'x' })
          : db.store.saveLesson({ lessonId, generationId, content: contentOf('текст') }),
      ),
    );
    const counts = answers.map((answer) => (answer?.completed ?? 0) + (answer?.failed ?? 0)).toSorted((a, b) => a - b);
    expect(counts).toEqual(Array.from({ length: 24 }, (_, n) => n + 1));
    expect((await db.course(courseId)).generation_progress).toMatchObject({ percentage: 80, lessons_completed: 18 });
  });

  test.each(['', '   \n', null])('without content (%j) are refused', async (markdown) => {
    const { courseId } = await db.addCourse();
    const { generationId, lessonIds } = await db.outline(courseId, 1);
    const content = { ...contentOf(''), markdown: markdown as string };
    await expect(db.store.saveLesson({ lessonId: lessonIds[0] ?? '', generationId, content })).rejects.toThrow(
      'content',
    );
    expect(await db.store.loadGeneration(generationId)).toMatchObject({ lessons: [{ status: 'pending' }] });
  });

  test('a citation outlives its document', async () => {
    const { userId, courseId } = await db.addCourse();
    const documentId = await db.addDocument(userId, courseId, 'источник.md');
    await db.store.replaceChunks({ documentId, language: 'ru', chunks: [chunk(0, 'Кошки спят')] });
    const ids = (await db.store.listPassages(courseId)).map(({ id }) => id);
    const { generationId, lessonIds } = await db.outline(courseId, 1, ids);
    const lessonId = lessonIds[0] ?? '';
    await db.store.saveLesson({ lessonId, generationId, content: contentOf('текст', ids) });
    await db.rows('DELETE FROM course_documents WHERE id = $1', [documentId]);
    expect(await db.rows('SELECT * FROM citations WHERE lesson_id = $1', [lessonId])).toMatchObject([
      { document_id: null, chunk_id: null, document_name: 'источник.md', quote: 'цитата' },
    ]);
    expect(await db.store.lessonInput(lessonId)).toMatchObject({ passages: [] });
    expect((await db.store.loadFinishedWork(generationId)).lessons[0]?.content.citations).toHaveLength(1);
  });
});

describe('completion', () => {
  const complete = (courseId: string, generationId: string) => db.move(courseId, 5, 'completed', { generationId });

  test('is refused while a lesson is pending', async () => {
    const { courseId } = await db.addCourse();
    const { generationId, lessonIds } = await db.outline(courseId, 2);
    await db.store.saveLesson({ lessonId: lessonIds[0] ?? '', generationId, content: contentOf('x') });
    await expect(complete(courseId, generationId)).rejects.toMatchObject({ code: '55000' });
    await expect(db.move(courseId, 4, 'completed', { generationId })).rejects.toMatchObject({ code: '55000' });
    expect(await db.course(courseId)).toMatchObject({ generation_status: 'generating_content' });
    await db.store.failLesson({ lessonId: lessonIds[1] ?? '', generationId, error: 'x' });
    expect((await complete(courseId, generationId)).percentage).toBe(100);
    expect(await db.generation(generationId)).toMatchObject({ status: 'completed' });
  });

  test('is refused when every lesson has failed', async () => {
    const { courseId } = await db.addCourse();
    const { generationId, lessonIds } = await db.outline(courseId, 2);
    for (const lessonId of lessonIds) await db.store.failLesson({ lessonId, generationId, error: 'x' });
    expect((await db.course(courseId)).generation_progress.steps[3]?.status).toBe('in_progress');
    await expect(complete(courseId, generationId)).rejects.toMatchObject({ code: '55000' });
    // It can still end.
    await db.move(courseId, 5, 'failed', { generationId, error: 'ни одного урока' });
    expect(await db.course(courseId)).toMatchObject({ generation_status: 'failed' });
  });

  test('a new run leaves what an older one completed', async () => {
    const { courseId } = await db.addCourse();
    const { generationId, lessonIds } = await db.outline(courseId, 1);
    await db.store.saveLesson({ lessonId: lessonIds[0] ?? '', generationId, content: contentOf('старый текст') });
    await db.store.saveSummary({ generationId, summary });
    await db.store.saveSummary({ generationId, summary: { overview: 'другой', glossary: [] } });
    await complete(courseId, generationId);

    const next = await db.outline(courseId, 1);
    await db.store.failLesson({ lessonId: next.lessonIds[0] ?? '', generationId: next.generationId, error: 'x' });
    await db.move(courseId, 5, 'failed', { generationId: next.generationId });
    const kept = await db.store.loadFinishedWork(generationId);
    expect(kept.lessons).toMatchObject([{ content: { markdown: 'старый текст' } }]);
    expect(await db.one('SELECT overview, glossary FROM generations WHERE id = $1', [generationId])).toEqual(summary);
  });
});
