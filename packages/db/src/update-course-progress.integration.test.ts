import { randomUUID } from 'node:crypto';
import { generationProgressSchema, percentageOf, STEP_IDS, statusOfStep, stepName } from '@megacampus/domain/steps';
import { describe, expect, test } from 'vitest';
import { newId, type StoredProgress, useDatabase } from './testing/database.ts';

const db = useDatabase();
const statuses = (progress: StoredProgress) => progress.steps.map(({ status }) => status);

describe('what it answers', () => {
  test('NULL only when there is no such course', async () => {
    expect(await db.step(randomUUID(), 1, 'in_progress')).toBeNull();
    const { courseId } = await db.addCourse();
    // Refused by the fence, and nothing is stored yet: still not NULL.
    const refused = await db.step(courseId, 3, 'in_progress', { generationId: newId() });
    expect(refused).toMatchObject({ percentage: 0, total_steps: 5 });
    expect((await db.course(courseId)).generation_progress).toBeNull();
  });

  test('the progress it has stored, in the shape the API promises', async () => {
    const { courseId } = await db.addCourse();
    const answer = await db.move(courseId, 1, 'completed', { generationId: newId(), message: 'Поехали' });
    expect((await db.course(courseId)).generation_progress).toEqual(answer);
    expect(generationProgressSchema.parse(answer)).toMatchObject({
      message: 'Поехали',
      percentage: 20,
      current_step: 1,
    });
  });

  test.each([
    [0, 'in_progress', 'm'],
    [6, 'in_progress', 'm'],
    [-1, 'completed', 'm'],
    [null, 'completed', 'm'],
    [1, 'done', 'm'],
    [1, '', 'm'],
    [1, null, 'm'],
    [1, 'COMPLETED', 'm'],
    [1, 'completed', ''],
    [1, 'completed', ' \n\t'],
    [1, 'completed', null],
  ])('raises invalid_parameter_value for step %s, status %s, message %j', async (stepId, status, message) => {
    const { courseId } = await db.addCourse();
    await expect(db.step(courseId, stepId, status, { message })).rejects.toMatchObject({ code: '22023' });
    await expect(db.step(randomUUID(), stepId, status, { message })).rejects.toMatchObject({ code: '22023' });
    expect((await db.course(courseId)).generation_progress).toBeNull();
  });

  test('metadata may be left out, NULL or null, and must else be an object', async () => {
    const { courseId } = await db.addCourse();
    expect(await db.step(courseId, 1, 'in_progress', { metadata: null })).toMatchObject({ percentage: 10 });
    await db.one("SELECT update_course_progress($1, 1, 'in_progress', 'm')", [courseId]);
    await db.one("SELECT update_course_progress($1, 1, 'in_progress', 'm', p_metadata => 'null')", [courseId]);
    const list = db.one("SELECT update_course_progress($1, 1, 'in_progress', 'm', p_metadata => '[]')", [courseId]);
    await expect(list).rejects.toMatchObject({ code: '22023' });
  });
});

describe('the skeleton', () => {
  test.each([null, 'null', '{}', '[]', '"text"', '7', '{"steps": "none"}', '{"steps": [1, 2]}', '{"files": "none"}'])(
    'five pending steps with their fixed names where progress is %s',
    async (stored) => {
      const { courseId } = await db.addCourse();
      await db.rows('UPDATE courses SET generation_progress = $2::jsonb WHERE id = $1', [courseId, stored]);
      const progress = await db.move(courseId, 1, 'pending', { generationId: newId() });
      expect(progress.steps.map(({ name }) => name)).toEqual(STEP_IDS.map((id) => stepName(id, false)));
      expect(progress.steps.every((step) => step.status === 'pending' && step.started_at === null)).toBe(true);
      expect(progress).toMatchObject({ percentage: 0, has_documents: false, files: [], lessons_total: 0 });
    },
  );

  test('files are kept, and make step 2 the reading of documents', async () => {
    const { userId, courseId } = await db.addCourse();
    await db.addDocument(userId, courseId, 'a.md');
    const progress = await db.move(courseId, 1, 'completed', { generationId: newId() });
    expect(progress).toMatchObject({ has_documents: true, files: [{ name: 'a.md', size: 12, type: 'md' }] });
    expect(progress.steps[1]?.name).toBe(stepName(2, true));
  });

  test('has_documents is decided by step 1 and kept for the generation', async () => {
    const { userId, courseId } = await db.addCourse();
    const generationId = await db.admit(courseId);
    await db.addDocument(userId, courseId);
    const progress = await db.move(courseId, 2, 'in_progress', { generationId });
    expect(progress.files).toHaveLength(1);
    expect(progress).toMatchObject({ has_documents: false });
    expect(progress.steps[1]?.name).toBe(stepName(2, false));
    expect(await db.course(courseId)).toMatchObject({ generation_status: 'analyzing_task' });

    // The admission has chosen its first job by what it saw, so its word counts.
    await db.rows("UPDATE courses SET generation_status = 'failed' WHERE id = $1", [courseId]);
    const next = await db.move(courseId, 1, 'completed', { generationId: newId(), metadata: { has_documents: false } });
    expect(next.has_documents).toBe(false);
    expect(next.files).toHaveLength(1);
  });
});

describe('percentage, status and times', () => {
  test.each([true, false])('follow the steps (documents: %s)', async (hasDocuments) => {
    const { courseId } = await db.addCourse();
    const generationId = newId();
    const metadata = { has_documents: hasDocuments };
    for (const id of STEP_IDS) {
      const started = await db.move(courseId, id, 'in_progress', { generationId, metadata });
      expect(started).toMatchObject({ percentage: percentageOf(id, 'in_progress'), current_step: id });
      const status = statusOfStep(id, hasDocuments);
      expect(await db.course(courseId)).toMatchObject({ generation_status: status });
      expect(await db.generation(generationId)).toMatchObject({ status });

      const done = await db.move(courseId, id, 'completed', { generationId });
      expect(done).toMatchObject({ percentage: percentageOf(id, 'completed'), current_step: id });
      const after = id === 5 ? 'completed' : status;
      expect(await db.course(courseId)).toMatchObject({ generation_status: after });
      expect(await db.generation(generationId)).toMatchObject({ status: after });
    }
    const { generation_started_at, generation_completed_at } = await db.course(courseId);
    const { started_at, finished_at } = (await db.generation(generationId)) ?? {};
    expect(generation_started_at).toEqual(started_at);
    expect(generation_completed_at).toEqual(finished_at);
  });

  test('step 4 moves with the lessons told, where there are no rows of them', async () => {
    const { courseId } = await db.addCourse();
    const generationId = await db.admit(courseId);
    for (const [done, total] of [
      [0, 7],
      [1, 7],
      [3, 7],
      [6, 7],
      [7, 7],
      [9, 7],
    ] as const) {
      const metadata = { lessons_completed: done, lessons_total: total };
      const progress = await db.move(courseId, 4, 'in_progress', { generationId, metadata });
      expect(progress.percentage).toBe(percentageOf(4, 'in_progress', { done, total }));
    }
    const nonsense = { lessons_completed: 'all', lessons_total: -3 };
    const progress = await db.move(courseId, 4, 'in_progress', { generationId, metadata: nonsense });
    expect(progress).toMatchObject({ percentage: 80, lessons_total: 7 });
  });

  test('last_progress_update is always touched, also by a repeat', async () => {
    const { courseId } = await db.addCourse();
    const generationId = await db.admit(courseId);
    const before = await db.course(courseId);
    await db.move(courseId, 1, 'completed', { generationId });
    const after = await db.course(courseId);
    expect(Number(after.last_progress_update)).toBeGreaterThan(Number(before.last_progress_update));
    expect(after.generation_started_at).toEqual(before.generation_started_at);
  });

  test('pending sets no time', async () => {
    const { courseId } = await db.addCourse();
    const progress = await db.move(courseId, 2, 'pending');
    expect(progress.steps[1]).toMatchObject({ status: 'pending', started_at: null, completed_at: null });
    expect(progress.percentage).toBe(0);
  });

  test('a completed generation has no step left open, even when a report was lost', async () => {
    const { courseId } = await db.addCourse();
    const generationId = await db.admit(courseId);
    await db.move(courseId, 3, 'in_progress', { generationId });
    const progress = await db.move(courseId, 5, 'completed', { generationId });
    expect(statuses(progress)).toEqual(Array(5).fill('completed'));
    expect(progress.steps.every(({ started_at, completed_at }) => started_at && completed_at)).toBe(true);
  });
});

describe('repeats and late calls', () => {
  test('a repeat changes no time, percentage, step or status', async () => {
    const { courseId } = await db.addCourse();
    const generationId = await db.admit(courseId);
    await db.move(courseId, 2, 'in_progress', { generationId });
    const first = await db.move(courseId, 2, 'completed', { generationId });
    expect(await db.move(courseId, 2, 'completed', { generationId })).toEqual(first);
  });

  test('a late call moves nothing back and does not replace the message', async () => {
    const { courseId } = await db.addCourse();
    const generationId = await db.admit(courseId);
    await db.move(courseId, 2, 'completed', { generationId });
    const at3 = await db.move(courseId, 3, 'in_progress', { generationId, message: 'шаг 3' });
    for (const [id, status] of [
      [1, 'in_progress'],
      [1, 'completed'],
      [2, 'in_progress'],
      [2, 'pending'],
      [3, 'pending'],
    ] as const) {
      expect(await db.move(courseId, id, status, { generationId, message: 'поздно' })).toEqual(at3);
    }
    expect(await db.course(courseId)).toMatchObject({ generation_status: 'generating_structure' });
  });

  test('a step that was left behind can still be filled in, but not fail', async () => {
    const { courseId } = await db.addCourse();
    const generationId = await db.admit(courseId);
    await db.move(courseId, 3, 'in_progress', { generationId });
    const failed = await db.move(courseId, 2, 'failed', { generationId, error: 'поздно' });
    expect(statuses(failed)).toEqual(['completed', 'pending', 'in_progress', 'pending', 'pending']);
    const filled = await db.move(courseId, 2, 'completed', { generationId });
    expect(statuses(filled)).toEqual(['completed', 'completed', 'in_progress', 'pending', 'pending']);
    expect(filled).toMatchObject({ percentage: 50, current_step: 3 });
    expect(await db.course(courseId)).toMatchObject({ generation_status: 'generating_structure' });
  });

  test('metadata is merged and stored; a late call does not replace what is there', async () => {
    const { courseId } = await db.addCourse();
    const generationId = await db.admit(courseId, { a: 1, request_id: 'r-1' });
    await db.move(courseId, 2, 'in_progress', { generationId, metadata: { a: 2, b: { c: 3 } } });
    const late = await db.move(courseId, 1, 'completed', { generationId, metadata: { a: 9, d: 4 } });
    expect(late.metadata).toMatchObject({ a: 2, b: { c: 3 }, d: 4, request_id: 'r-1', generation_id: generationId });
  });
});
