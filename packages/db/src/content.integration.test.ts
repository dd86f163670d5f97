import { describe, expect, test } from 'vitest';
import { contentOf, newId, outlineOf, useDatabase } from './testing/database.ts';

const db = useDatabase();
const summary = { overview: 'Итог', glossary: [{ term: 'а', definition: 'б' }] };

describe('the fence', () => {
  test('nobody saves for a generation that has ended or was replaced; null when it is gone', async () => {
    const { courseId } = await db.addCourse();
    const { generationId, lessonIds } = await db.outline(courseId, 2);
    const lessonId = lessonIds[0] ?? '';
    const saves = (id: string) => [
      db.store.saveDocuments({ generationId: id, report: [] }),
      db.store.saveAnalysis({ generationId: id, analysis: {} }),
      db.store.saveOutline({ generationId: id, outline: outlineOf(3) }),
      db.store.saveLesson({ lessonId, generationId: id, content: contentOf('x') }),
      db.store.failLesson({ lessonId, generationId: id, error: 'x' }),
      db.store.saveSummary({ generationId: id, summary }),
    ];
    const refuse = async (id: string) => {
      const before = await snapshot(courseId);
      expect((await Promise.all(saves(id))).map((answer) => answer?.saved)).toEqual(Array(6).fill(false));
      expect(await snapshot(courseId)).toEqual(before);
    };
    await db.store.cancel({ courseId, generationId });
    await refuse(generationId);
    await db.admit(courseId);
    await refuse(generationId);
    expect(await Promise.all(saves(newId()))).toEqual(Array(6).fill(null));
  });

  test('a lesson is written by its own generation only', async () => {
    const one = await db.addCourse();
    const two = await db.addCourse();
    const { lessonIds } = await db.outline(one.courseId, 1);
    const other = await db.outline(two.courseId, 1);
    const stolen = { lessonId: lessonIds[0] ?? '', generationId: other.generationId };
    expect(await db.store.saveLesson({ ...stolen, content: contentOf('x') })).toMatchObject({ saved: false });
    expect(await db.store.failLesson({ ...stolen, error: 'x' })).toMatchObject({ saved: false });
    expect(await db.one('SELECT status FROM lessons WHERE id = $1', [lessonIds[0]])).toEqual({ status: 'pending' });
  });

  async function snapshot(courseId: string) {
    return {
      course: await db.course(courseId),
      generations: await db.rows('SELECT * FROM generations WHERE course_id = $1 ORDER BY id', [courseId]),
      lessons: await db.rows('SELECT * FROM lessons WHERE course_id = $1 ORDER BY id', [courseId]),
    };
  }
});

describe('documents, analysis and outline', () => {
  test('are stored once: the first stays', async () => {
    const { courseId } = await db.addCourse();
    const generationId = await db.admit(courseId);
    for (const n of [1, 2]) {
      expect(await db.store.saveDocuments({ generationId, report: [{ n }] })).toEqual({ saved: true });
      expect(await db.store.saveAnalysis({ generationId, analysis: { n } })).toEqual({ saved: true });
    }
    expect(await db.store.loadWork(generationId)).toEqual({
      documents_report: [{ n: 1 }],
      analysis: { n: 1 },
      outline: null,
    });
    expect(await db.store.loadGeneration(generationId)).toMatchObject({ documents_ready: true, analysis_ready: true });
  });

  test('saving the outline completes step 3 and begins step 4', async () => {
    const { courseId } = await db.addCourse();
    const generationId = await db.admit(courseId);
    const saved = await db.store.saveOutline({ generationId, outline: outlineOf(5) });
    expect(saved?.lessons.map(({ position, status }) => [position, status])).toEqual(
      [1, 2, 3, 4, 5].map((position) => [position, 'pending']),
    );
    const course = await db.course(courseId);
    expect(course).toMatchObject({ generation_status: 'generating_content' });
    expect(course.generation_progress).toMatchObject({
      percentage: 60,
      current_step: 4,
      lessons_total: 5,
      lessons_completed: 0,
    });
    expect(course.generation_progress.steps.slice(2, 4).map(({ status }) => status)).toEqual([
      'completed',
      'in_progress',
    ]);
    const work = await db.store.loadWork(generationId);
    expect(work?.outline?.sections.map(({ title, lessons }) => [title, lessons.length])).toEqual([
      ['Раздел 1', 3],
      ['Раздел 2', 2],
    ]);
    expect(work?.outline).toMatchObject(outlineOf(5));
  });

  test('many callers at once make one outline', async () => {
    const { courseId } = await db.addCourse();
    const generationId = await db.admit(courseId);
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) => db.store.saveOutline({ generationId, outline: outlineOf(n + 1) })),
    );
    const [first] = answers;
    expect(first?.saved).toBe(true);
    for (const answer of answers) expect(answer).toEqual(first);
    expect(await db.rows('SELECT FROM lessons WHERE course_id = $1', [courseId])).toHaveLength(
      first?.lessons.length ?? 0,
    );
  });

  test.each([
    ['no section', { sections: [] }],
    ['no lesson', { sections: [{ title: 'а', summary: '', lessons: [] }] }],
    ['an empty title', { sections: [{ title: 'а', summary: '', lessons: [{ ...lesson(), title: '' }] }] }],
    [
      'a title cut off',
      { sections: [{ title: 'а', summary: '', lessons: [{ ...lesson(), title: null as unknown as string }] }] },
    ],
  ])('an outline with %s is refused, and nothing of it stays', async (_, outline) => {
    const { courseId } = await db.addCourse();
    const generationId = await db.admit(courseId);
    await expect(db.store.saveOutline({ generationId, outline })).rejects.toThrow('database');
    expect(await db.rows('SELECT FROM sections WHERE course_id = $1', [courseId])).toEqual([]);
    expect(await db.store.loadGeneration(generationId)).toMatchObject({ outline_ready: false, status: 'initializing' });
  });

  function lesson() {
    return { title: 'у', objectives: ['ц'], keyTopics: [], passageIds: [], durationMinutes: 5 };
  }
});
