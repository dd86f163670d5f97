import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { newId, useDatabase } from './testing/database.ts';

const db = useDatabase();
const END = { completed: [5, 'completed'], failed: [2, 'failed'] } as const;

describe('taking a course over', () => {
  test('a new generation waits for the end of the current one', async () => {
    const { courseId } = await db.addCourse();
    const current = await db.admit(courseId);
    const before = await db.course(courseId);
    const other = newId();
    for (const stepId of [1, 2, 5] as const) {
      const answer = await db.move(courseId, stepId, 'completed', { generationId: other });
      expect(answer.metadata['generation_id']).toBe(current);
    }
    expect(await db.course(courseId)).toEqual(before);
    expect(await db.generation(other)).toBeNull();
  });

  test.each(['completed', 'failed', 'cancelled'] as const)(
    'only by its step 1, when the current one is %s',
    async (end) => {
      const { courseId } = await db.addCourse();
      const old = await db.admit(courseId, { request_id: 'r-old', webhook_url: 'https://example.test/old' });
      if (end === 'cancelled') await db.store.cancel({ courseId, generationId: old });
      else await db.move(courseId, END[end][0], END[end][1], { generationId: old, error: 'причина' });
      const ended = await db.course(courseId);

      const next = newId();
      for (const stepId of [2, 3, 4, 5] as const)
        await db.move(courseId, stepId, 'in_progress', { generationId: next });
      expect(await db.course(courseId)).toEqual(ended);

      const metadata = { request_id: 'r-new', tier: 'BASIC', weight: 3, model: 'extractive' };
      await db.move(courseId, 1, 'completed', { generationId: next, metadata });
      expect(await db.course(courseId)).toMatchObject({
        generation_id: next,
        generation_status: 'initializing',
        generation_progress: { percentage: 20, current_step: 1, message: 'сообщение', metadata },
        generation_completed_at: null,
        error_message: null,
        error_details: null,
        webhook_url: null,
      });
      expect(await db.generation(next)).toMatchObject({
        status: 'initializing',
        tier: 'BASIC',
        weight: 3,
        request_id: 'r-new',
        model: 'extractive',
        brief: { title: 'Курс для проверки', language: 'ru' },
        finished_at: null,
      });
      expect(await db.generation(old)).toMatchObject({ status: end });
    },
  );

  test('a generation that has ended can never come back, nor change anything', async () => {
    const { courseId } = await db.addCourse();
    const old = await db.admit(courseId);
    await db.store.cancel({ courseId, generationId: old });
    const cancelled = await db.course(courseId);
    for (const stepId of [1, 2, 3, 4, 5] as const) {
      for (const status of ['pending', 'in_progress', 'completed', 'failed'] as const) {
        await db.move(courseId, stepId, status, { generationId: old });
      }
    }
    expect(await db.course(courseId)).toEqual(cancelled);

    const next = await db.admit(courseId);
    await db.move(courseId, 2, 'failed', { generationId: next });
    const failed = await db.course(courseId);
    await db.move(courseId, 1, 'completed', { generationId: old });
    expect(await db.course(courseId)).toEqual(failed);
  });

  test('an id belongs to one course', async () => {
    const one = await db.addCourse();
    const two = await db.addCourse();
    const generationId = await db.admit(one.courseId);
    await db.move(two.courseId, 1, 'completed', { generationId });
    expect(await db.course(two.courseId)).toMatchObject({ generation_id: null, generation_status: null });
  });

  test('a tier that is unknown or missing is the one of the profile, else FREE', async () => {
    const { courseId, userId } = await db.addCourse(undefined, 'STANDARD');
    const first = await db.admit(courseId, { tier: 'premium' });
    expect(await db.generation(first)).toMatchObject({ tier: 'STANDARD', weight: 5 });
    await db.store.cancel({ courseId, generationId: first });
    await db.rows('DELETE FROM user_profiles WHERE id = $1', [userId]);
    expect(await db.generation(await db.admit(courseId))).toMatchObject({ tier: 'FREE', weight: 1 });
  });

  test('two active generations of one course are impossible, whoever writes', async () => {
    const { courseId } = await db.addCourse();
    await db.admit(courseId);
    const insert = db.rows(
      `INSERT INTO generations (id, course_id, user_id, tier, weight, brief)
       SELECT $2, id, user_id, 'FREE', 1, '{}' FROM courses WHERE id = $1`,
      [courseId, newId()],
    );
    await expect(insert).rejects.toMatchObject({ code: '23505' });
  });

  test('a course that was reset by hand can be generated again', async () => {
    const { courseId } = await db.addCourse();
    const old = await db.admit(courseId);
    await db.rows(
      'UPDATE courses SET generation_id = NULL, generation_status = NULL, generation_progress = NULL WHERE id = $1',
      [courseId],
    );
    const next = await db.admit(courseId);
    expect(await db.course(courseId)).toMatchObject({ generation_id: next, generation_status: 'initializing' });
    expect(await db.generation(old)).toMatchObject({ status: 'failed', error: `superseded by ${next}` });
  });

  test('a course that was set right by hand does not stay blocked by the row of its old generation', async () => {
    const { courseId } = await db.addCourse();
    const old = await db.admit(courseId);
    await db.rows("UPDATE courses SET generation_status = 'failed' WHERE id = $1", [courseId]);
    const next = await db.admit(courseId);
    expect(await db.course(courseId)).toMatchObject({ generation_id: next });
    expect(await db.generation(old)).toMatchObject({ status: 'failed' });
  });
});

describe('what the store tells of a record', () => {
  const step = { status: 'completed', message: 'м' } as const;

  test('whose the course is now, and that the own generation has ended', async () => {
    const { courseId } = await db.addCourse();
    const generationId = newId();
    const metadata = { generation_id: generationId };
    const record = (stepId: 1 | 2 | 5, extra = {}) =>
      db.store.recordProgress({ courseId, stepId, ...step, metadata, ...extra }).then((to) => to?.currentGenerationId);
    expect(await record(1)).toBe(generationId);
    expect(await record(1)).toBe(generationId);
    expect(await record(2, { metadata: { generation_id: newId() } })).toBe(generationId);
    expect(await record(5)).toBe(generationId);
    // Its own end, said again, was recorded; anything else was not.
    expect(await record(5)).toBe(generationId);
    expect(await record(2)).toBeNull();
    expect(await db.store.recordProgress({ courseId: randomUUID(), stepId: 1, ...step })).toBeNull();
  });

  test('nothing was recorded after a cancel', async () => {
    const { courseId } = await db.addCourse();
    const generationId = await db.admit(courseId);
    await db.store.cancel({ courseId, generationId });
    const metadata = { generation_id: generationId };
    const answer = await db.store.recordProgress({ courseId, stepId: 5, ...step, metadata });
    expect(answer?.currentGenerationId).toBeNull();
  });
});
