import { randomUUID } from 'node:crypto';
import { Fault } from '@megacampus/domain/errors';
import { describe, expect, test } from 'vitest';
import { newId, useDatabase } from './testing/database.ts';

const db = useDatabase();

describe('what is loaded', () => {
  test('an admission has the course, the brief, the tier, the counts and the limit', async () => {
    const userId = await db.addUser('TRIAL');
    const { courseId } = await db.addCourse(userId);
    const other = await db.addCourse(userId);
    expect(await db.store.loadAdmission(courseId)).toMatchObject({
      course: { id: courseId, user_id: userId, generation_id: null, brief: { title: 'Курс для проверки' } },
      in_flight_id: null,
      tier: 'TRIAL',
      user_in_flight: 0,
    });
    const generationId = await db.admit(other.courseId);
    const counted = await db.store.loadAdmission(courseId);
    expect(counted).toMatchObject({ in_flight_id: null, user_in_flight: 1 });
    expect(counted?.global_in_flight).toBeGreaterThanOrEqual(1);
    expect(await db.store.loadAdmission(other.courseId)).toMatchObject({ in_flight_id: generationId });
    await db.store.cancel({ courseId: other.courseId, generationId });
    expect(await db.store.loadAdmission(other.courseId)).toMatchObject({ in_flight_id: null, user_in_flight: 0 });
    expect(await db.store.loadAdmission(randomUUID())).toBeNull();
  });

  test('a generation has its state; one in flight is listed', async () => {
    const { courseId, userId } = await db.addCourse();
    const generationId = await db.admit(courseId, { webhook_url: 'https://example.test/', request_id: 'r-7' });
    const state = await db.store.loadGeneration(generationId);
    expect(state).toMatchObject({
      id: generationId,
      course_id: courseId,
      user_id: userId,
      organization_id: userId,
      status: 'initializing',
      request_id: 'r-7',
      webhook_url: 'https://example.test/',
      has_documents: false,
      documents_ready: false,
      analysis_ready: false,
      outline_ready: false,
      summary_ready: false,
      current: true,
      lessons: [],
    });
    expect(await db.store.listInFlight()).toContainEqual(state);
    await db.store.cancel({ courseId, generationId });
    expect((await db.store.listInFlight()).map(({ id }) => id)).not.toContain(generationId);
    await db.admit(courseId);
    expect(await db.store.loadGeneration(generationId)).toMatchObject({ status: 'cancelled', current: false });
    expect(await db.store.loadGeneration(newId())).toBeNull();
  });

  test('the brief is the one of the admission, whatever the user changes later', async () => {
    const { courseId } = await db.addCourse();
    const generationId = await db.admit(courseId);
    await db.rows("UPDATE courses SET title = 'Другое' WHERE id = $1", [courseId]);
    expect((await db.store.loadGeneration(generationId))?.brief.title).toBe('Курс для проверки');
  });

  test("the admin's limit is a positive whole number or none", async () => {
    for (const limit of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(db.store.setGlobalLimit(limit)).rejects.toBeInstanceOf(RangeError);
    }
    for (const value of ['0', '"3"', 'null', '2.5', '-1', '1e9']) {
      const write = db.rows("INSERT INTO settings VALUES ('global_concurrency_limit', $1::jsonb)", [value]);
      await expect(write).rejects.toThrow();
    }
  });
});

describe('deleting', () => {
  test.each(['course', 'user'] as const)(
    'a %s in the middle of a generation: all of it goes, the audit stays',
    async (what) => {
      const { courseId, userId } = await db.addCourse();
      const documentId = await db.addDocument(userId, courseId);
      await db.store.replaceChunks({
        documentId,
        language: 'ru',
        chunks: [{ position: 0, headingPath: [], page: null, start: 0, end: 5, text: 'текст' }],
      });
      const passages = await db.store.listPassages(courseId);
      const { generationId, lessonIds } = await db.outline(
        courseId,
        2,
        passages.map(({ id }) => id),
      );
      const content = {
        markdown: 'x',
        keyPoints: [],
        quiz: [],
        citations: [{ passageId: passages[0]?.id ?? '', quote: 'q' }],
        notice: null,
      };
      await db.store.saveLesson({ lessonId: lessonIds[0] ?? '', generationId, content });
      const { id } = await db.one(
        "INSERT INTO system_metrics (event_type, severity, user_id, course_id) VALUES ('job_rollback', 'error', $1, $2) RETURNING id",
        [userId, courseId],
      );
      if (what === 'course') await db.rows('DELETE FROM courses WHERE id = $1', [courseId]);
      else await db.rows('DELETE FROM auth.users WHERE id = $1', [userId]);

      for (const table of ['generations', 'lessons', 'sections', 'course_documents', 'document_chunks']) {
        expect(await db.rows(`SELECT FROM ${table} WHERE course_id = $1`, [courseId])).toEqual([]);
      }
      expect(await db.one('SELECT course_id, user_id FROM system_metrics WHERE id = $1', [id])).toEqual({
        course_id: null,
        user_id: what === 'course' ? userId : null,
      });
      expect(await db.store.loadGeneration(generationId)).toBeNull();
      const record = {
        courseId,
        stepId: 4,
        status: 'in_progress',
        message: 'м',
        metadata: { generation_id: generationId },
      } as const;
      expect(await db.store.recordProgress(record)).toBeNull();
      expect(await db.store.saveSummary({ generationId, summary: { overview: 'x', glossary: [] } })).toBeNull();
      expect(await db.store.saveLesson({ lessonId: lessonIds[1] ?? '', generationId, content })).toBeNull();
      await expect(db.store.loadFinishedWork(generationId)).rejects.toBeInstanceOf(Fault);
    },
  );
});
