import { describe, expect, test } from 'vitest';
import { contentOf, newId, useDatabase } from './testing/database.ts';

const db = useDatabase();

/** A completed course of three lessons from one document, the second of which failed. */
async function completedCourse() {
  const { userId, courseId } = await db.addCourse();
  const documentId = await db.addDocument(userId, courseId, 'источник.md');
  const chunks = [{ position: 0, headingPath: ['Глава'], page: null, start: 0, end: 10, text: 'Кошки спят' }];
  await db.store.replaceChunks({ documentId, language: 'ru', chunks });
  const ids = (await db.store.listPassages(courseId)).map(({ id }) => id);
  const { generationId, lessonIds } = await db.outline(courseId, 3, ids);
  await db.store.saveDocuments({ generationId, report: [{ documentId }] });
  await db.store.saveAnalysis({ generationId, analysis: { scope: 'о кошках' } });
  const [first = '', second = '', third = ''] = lessonIds;
  await db.store.saveLesson({ lessonId: first, generationId, content: contentOf('первый', ids) });
  await db.store.failLesson({ lessonId: second, generationId, error: 'не вышло' });
  await db.store.saveLesson({ lessonId: third, generationId, content: contentOf('третий', ids) });
  await db.store.saveSummary({
    generationId,
    summary: { overview: 'Итог', glossary: [{ term: 'а', definition: 'б' }] },
  });
  await db.move(courseId, 5, 'completed', { generationId });
  return { userId, courseId, generationId, lessonIds: [first, second, third] as const, passageIds: ids };
}

const begin = async (courseId: string, lessonId: string, instruction = 'короче') => {
  const generationId = newId();
  const rewrite = { lesson_id: lessonId, instruction };
  await db.move(courseId, 1, 'completed', { generationId, metadata: { rewrite } });
  return generationId;
};

/** All that a generation holds, without ids and times of the copy itself. */
const contentsOf = (generationId: string) =>
  db.rows(
    `SELECT section.position AS section, section.title AS section_title, section.summary,
       to_jsonb(lesson) - '{id,generation_id,section_id}'::text[] AS lesson,
       (SELECT jsonb_agg(to_jsonb(question) - '{id,generation_id,lesson_id}'::text[] ORDER BY position)
        FROM quiz_questions AS question WHERE lesson_id = lesson.id) AS quiz,
       (SELECT jsonb_agg(to_jsonb(citation) - '{id,generation_id,lesson_id}'::text[] ORDER BY position)
        FROM citations AS citation WHERE lesson_id = lesson.id) AS citations
     FROM sections AS section JOIN lessons AS lesson ON lesson.section_id = section.id
     WHERE section.generation_id = $1 ORDER BY lesson.position`,
    [generationId],
  );
const traces = (generationId: string) =>
  db.one(
    `SELECT (SELECT count(*)::int FROM sections WHERE generation_id = $1) AS sections,
       (SELECT count(*)::int FROM lessons WHERE generation_id = $1) AS lessons,
       (SELECT count(*)::int FROM quiz_questions WHERE generation_id = $1) AS quiz,
       (SELECT count(*)::int FROM citations WHERE generation_id = $1) AS citations`,
    [generationId],
  );

describe('a rewriting', () => {
  test('begins with a whole copy of the version shown, in which its lesson is pending', async () => {
    const { courseId, generationId: base, lessonIds } = await completedCourse();
    const id = await begin(courseId, lessonIds[0]);
    const [before, after] = await Promise.all([contentsOf(base), contentsOf(id)]);
    expect(after.slice(1)).toEqual(before.slice(1));
    expect(before).toHaveLength(3);
    expect(after[0]).toMatchObject({
      lesson: { status: 'pending', content: null, version: 2, instruction: 'короче', title: 'Урок 1' },
      quiz: null,
      citations: null,
    });
    const columns = 'brief, documents_report, analysis, overview, glossary, has_documents';
    const facts = (generation: string) => db.one(`SELECT ${columns} FROM generations WHERE id = $1`, [generation]);
    expect(await facts(id)).toEqual(await facts(base));
    expect(await db.store.loadGeneration(id)).toMatchObject({
      status: 'initializing',
      current: true,
      documents_ready: true,
      analysis_ready: true,
      outline_ready: true,
      summary_ready: true,
      rewrite: { lesson_id: lessonIds[0], instruction: 'короче' },
      lessons: [{ status: 'pending' }, { status: 'failed' }, { status: 'completed' }],
    });
    const pending = (await db.store.loadGeneration(id))?.lessons[0]?.id ?? '';
    expect(await db.store.lessonInput(pending)).toMatchObject({ previous: 'первый' });
    expect(await db.store.loadGeneration(base)).toMatchObject({ rewrite: null });
  });

  test('is of the documents that its base was made from, whatever has come or gone since', async () => {
    const { courseId, lessonIds } = await completedCourse();
    await db.rows('DELETE FROM course_documents WHERE course_id = $1', [courseId]);
    const generationId = newId();
    const metadata = { has_documents: false, rewrite: { lesson_id: lessonIds[0], instruction: '' } };
    await db.move(courseId, 1, 'completed', { generationId, metadata });
    expect(await db.store.loadGeneration(generationId)).toMatchObject({ has_documents: true, documents_ready: true });
  });

  test('that is recorded again and again, by many at once, is copied once', async () => {
    const { courseId, lessonIds } = await completedCourse();
    const generationId = newId();
    const metadata = { rewrite: { lesson_id: lessonIds[0], instruction: '' } };
    await Promise.all(Array.from({ length: 6 }, () => db.move(courseId, 1, 'completed', { generationId, metadata })));
    expect(await traces(generationId)).toEqual({ sections: 2, lessons: 3, quiz: 2, citations: 1 });
  });

  test('of two at once, and a generation of the whole course: one takes the course over, the others leave nothing', async () => {
    const { courseId, lessonIds } = await completedCourse();
    const ids = [newId(), newId(), newId()];
    const rewrite = { lesson_id: lessonIds[0], instruction: '' };
    await Promise.all(
      ids.map((generationId, n) =>
        db.move(courseId, 1, 'completed', { generationId, metadata: n === 2 ? {} : { rewrite } }),
      ),
    );
    const current = (await db.course(courseId)).generation_id;
    expect(ids).toContain(current);
    for (const id of ids.filter((one) => one !== current)) {
      expect(await db.generation(id)).toBeNull();
      expect(await traces(id)).toEqual({ sections: 0, lessons: 0, quiz: 0, citations: 0 });
    }
  });

  test('of a lesson that the course does not show is refused, and nothing has changed', async () => {
    const { courseId, lessonIds } = await completedCourse();
    const other = await completedCourse();
    const old = lessonIds[2];
    const next = await begin(courseId, old, '');
    const lessonId = (await db.store.loadGeneration(next))?.lessons[2]?.id ?? '';
    await db.store.saveLesson({ lessonId, generationId: next, content: contentOf('новый') });
    await db.move(courseId, 5, 'completed', { generationId: next });
    const before = await db.course(courseId);
    for (const wrong of [old, other.lessonIds[0], newId()]) {
      await expect(begin(courseId, wrong)).rejects.toMatchObject({ code: /^22/ });
    }
    expect(await db.course(courseId)).toEqual(before);
    const fresh = await db.addCourse();
    await expect(begin(fresh.courseId, old)).rejects.toMatchObject({ code: '22023' });
    expect(await db.course(fresh.courseId)).toMatchObject({ generation_id: null, generation_status: null });
  });

  test('that is undone leaves no copy, and the course as it was', async () => {
    const { userId, courseId, lessonIds } = await completedCourse();
    const before = await db.course(courseId);
    const generationId = await begin(courseId, lessonIds[0]);
    const undo = () => db.store.undoAdmission({ courseId, userId, generationId, reason: 'test' });
    expect([await undo(), await undo()]).toEqual([{ undone: true }, { undone: true }]);
    const { updated_at: _then, ...was } = before as unknown as Record<string, unknown>;
    expect(await db.course(courseId)).toMatchObject(was);
    expect(await traces(generationId)).toEqual({ sections: 0, lessons: 0, quiz: 0, citations: 0 });
    // Its step 1, arriving late, changes nothing.
    const metadata = { rewrite: { lesson_id: lessonIds[0], instruction: '' } };
    await db.move(courseId, 1, 'completed', { generationId, metadata });
    expect((await db.course(courseId)).generation_status).toBe('completed');
    expect(await traces(generationId)).toMatchObject({ lessons: 0 });
  });

  test('whose lesson fails has failed with its reason, and the course shows what it showed', async () => {
    const { courseId, generationId: base, lessonIds } = await completedCourse();
    const id = await begin(courseId, lessonIds[0]);
    const lessonId = (await db.store.loadGeneration(id))?.lessons[0]?.id ?? '';
    const answer = await db.store.failLesson({ lessonId, generationId: id, error: 'модель не смогла' });
    expect(answer).toEqual({ saved: true, completed: 1, failed: 2, total: 3 });
    expect(await db.course(courseId)).toMatchObject({ generation_status: 'failed', error_message: 'модель не смогла' });
    expect(await db.generation(id)).toMatchObject({ status: 'failed', error: 'модель не смогла' });
    expect(await db.one('SELECT private.shown_generation($1) AS id', [courseId])).toEqual({ id: base });
  });

  test('of one of 300 lessons is admitted well within the time of a request', async () => {
    const { courseId } = await db.addCourse();
    const { generationId, lessonIds } = await db.outline(courseId, 300);
    await db.rows(
      "UPDATE lessons SET status = 'completed', content = repeat('текст ', 1000) WHERE generation_id = $1",
      [generationId],
    );
    await db.store.saveSummary({ generationId, summary: { overview: 'Итог', glossary: [] } });
    await db.move(courseId, 5, 'completed', { generationId });
    const startedAt = performance.now();
    const id = await begin(courseId, lessonIds[150] ?? '');
    expect(performance.now() - startedAt).toBeLessThan(1_500);
    expect(await traces(id)).toMatchObject({ lessons: 300 });
  });
});
