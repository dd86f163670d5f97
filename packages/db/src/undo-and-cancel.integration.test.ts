import { randomUUID } from 'node:crypto';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { describe, expect, test } from 'vitest';
import { newId, useDatabase } from './testing/database.ts';

const db = useDatabase();

describe('undoing an admission', () => {
  const undo = (courseId: string, userId: string, generationId: string) =>
    db.store.undoAdmission({ courseId, userId, generationId, reason: 'redis is down' });

  test('gives the course back as it was, before the first generation', async () => {
    const { courseId, userId } = await db.addCourse();
    const before = await db.course(courseId);
    const generationId = await db.admit(courseId);
    expect(await undo(courseId, userId, generationId)).toEqual({ undone: true });
    expect({ ...(await db.course(courseId)), updated_at: null }).toEqual({ ...before, updated_at: null });
    expect(await db.generation(generationId)).toMatchObject({ status: 'failed', error: 'redis is down' });
    expect(await undo(courseId, userId, generationId)).toEqual({ undone: true });
  });

  test('gives the course back as it was, after a failed generation, but with the documents of now', async () => {
    const { courseId, userId } = await db.addCourse();
    const old = await db.admit(courseId, { webhook_url: 'https://example.test/', x: 1 });
    await db.move(courseId, 3, 'failed', { generationId: old, error: 'старая ошибка', details: { a: 1 } });
    const before = await db.course(courseId);
    const generationId = await db.admit(courseId);
    await db.addDocument(userId, courseId, 'late.md');
    await undo(courseId, userId, generationId);
    const after = await db.course(courseId);
    expect(after.generation_progress.files).toMatchObject([{ name: 'late.md' }]);
    const { files: _, ...progress } = after.generation_progress;
    expect(before).toMatchObject({ ...after, updated_at: expect.anything(), generation_progress: progress });
  });

  test('when step 1 was only late: the tombstone stops it', async () => {
    const { courseId, userId } = await db.addCourse();
    const before = await db.course(courseId);
    const generationId = newId();
    expect(await undo(courseId, userId, generationId)).toEqual({ undone: true });
    const late = await db.move(courseId, 1, 'completed', { generationId });
    expect(late.percentage).toBe(0);
    expect(await db.course(courseId)).toEqual(before);
    expect(await db.store.listInFlight()).not.toContainEqual(expect.objectContaining({ id: generationId }));
    const next = await db.admit(courseId);
    expect(await db.course(courseId)).toMatchObject({ generation_id: next });
  });

  test('in a race with step 1, however it ends the generation is not in flight', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { courseId, userId } = await db.addCourse();
      const generationId = newId();
      await Promise.all([db.step(courseId, 1, 'completed', { generationId }), undo(courseId, userId, generationId)]);
      expect(await db.generation(generationId)).toMatchObject({ status: 'failed' });
      expect(await db.course(courseId)).toMatchObject({ generation_id: null, generation_status: null });
    }
  });

  test('not when somebody is told in the same moment that it runs', async () => {
    const { courseId, userId } = await db.addCourse();
    const generationId = await db.admit(courseId);
    const undone = await db.committing(async (query, isAwaited) => {
      await query('SELECT join_generation($1)', [generationId]);
      const answer = undo(courseId, userId, generationId);
      await waitFor(isAwaited, { what: 'the undoing to wait for the other' });
      return { answer };
    });
    expect(await undone.answer).toEqual({ undone: false });
    expect(await db.generation(generationId)).toMatchObject({ status: 'initializing', undone_at: null });
  });

  test('not when a worker has moved the generation on, nor when it has ended by itself', async () => {
    const { courseId, userId } = await db.addCourse();
    const generationId = await db.admit(courseId);
    await db.move(courseId, 2, 'in_progress', { generationId });
    expect(await undo(courseId, userId, generationId)).toEqual({ undone: false });
    expect(await db.course(courseId)).toMatchObject({
      generation_id: generationId,
      generation_status: 'analyzing_task',
    });
    await db.store.cancel({ courseId, generationId });
    expect(await undo(courseId, userId, generationId)).toEqual({ undone: false });
    expect(await db.course(courseId)).toMatchObject({ generation_status: 'cancelled' });
  });

  test('never touches another course, and a course that is gone is undone', async () => {
    const one = await db.addCourse();
    const two = await db.addCourse();
    const generationId = await db.admit(one.courseId);
    expect(await undo(two.courseId, two.userId, generationId)).toEqual({ undone: false });
    expect(await db.course(one.courseId)).toMatchObject({ generation_id: generationId });
    expect(await undo(randomUUID(), one.userId, newId())).toEqual({ undone: true });
  });
});

describe('cancelling', () => {
  test('ends the generation and leaves its steps', async () => {
    const { courseId } = await db.addCourse();
    const generationId = await db.admit(courseId);
    const before = await db.move(courseId, 3, 'in_progress', { generationId });
    expect(await db.store.cancel({ courseId, generationId })).toEqual({ outcome: 'cancelled', status: 'cancelled' });
    const course = await db.course(courseId);
    expect(course).toMatchObject({ generation_status: 'cancelled', generation_id: generationId });
    expect(course.generation_progress).toMatchObject({
      steps: before.steps,
      percentage: 50,
      message: 'Генерация отменена',
    });
    expect(course.generation_completed_at).not.toBeNull();
    expect(await db.generation(generationId)).toMatchObject({ status: 'cancelled', finished_at: expect.any(Date) });
    expect(await db.store.cancel({ courseId, generationId })).toEqual({ outcome: 'ended', status: 'cancelled' });
  });

  test('a generation that is not the current one is stale', async () => {
    const { courseId } = await db.addCourse();
    await db.admit(courseId);
    const stale = await db.store.cancel({ courseId, generationId: newId() });
    expect(stale).toEqual({ outcome: 'stale', status: 'initializing' });
    const gone = await db.store.cancel({ courseId: randomUUID(), generationId: newId() });
    expect(gone).toEqual({ outcome: 'stale', status: null });
  });

  test('leaves publication alone', async () => {
    const { courseId } = await db.addCourse();
    await db.rows("UPDATE courses SET status = 'published' WHERE id = $1", [courseId]);
    await db.store.cancel({ courseId, generationId: await db.admit(courseId) });
    expect(await db.course(courseId)).toMatchObject({ status: 'published' });
  });
});
