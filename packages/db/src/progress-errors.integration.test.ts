import { STEP_IDS, statusOfStep } from '@megacampus/domain/steps';
import { describe, expect, test } from 'vitest';
import { useDatabase } from './testing/database.ts';

const db = useDatabase();

describe('errors', () => {
  test('a failed step ends the generation and says why', async () => {
    const { courseId } = await db.addCourse();
    const generationId = await db.admit(courseId);
    const failure = { generationId, message: 'Ошибка', error: 'файл не читается', details: { name: 'a.pdf' } };
    const progress = await db.move(courseId, 2, 'failed', failure);
    expect(progress.percentage).toBe(20);
    expect(progress.steps[1]).toMatchObject({
      status: 'failed',
      error: 'файл не читается',
      error_details: { name: 'a.pdf' },
      completed_at: null,
    });
    const course = await db.course(courseId);
    expect(course).toMatchObject({
      generation_status: 'failed',
      error_message: 'файл не читается',
      error_details: { name: 'a.pdf' },
    });
    expect(course.generation_completed_at).not.toBeNull();
    expect(await db.generation(generationId)).toMatchObject({
      status: 'failed',
      error: 'файл не читается',
      finished_at: course.generation_completed_at,
    });
  });

  test('the message stands for an error that has none', async () => {
    const { courseId } = await db.addCourse();
    const progress = await db.move(courseId, 2, 'failed', { generationId: await db.admit(courseId), message: 'Сбой' });
    expect(progress.steps[1]).toMatchObject({ error: 'Сбой', error_details: null });
  });

  test('an error noted on the way is cleared when its step succeeds', async () => {
    const { courseId } = await db.addCourse();
    const generationId = await db.admit(courseId);
    const noted = await db.move(courseId, 2, 'in_progress', {
      generationId,
      error: 'попытка 1',
      details: { attempt: 1 },
    });
    expect(noted.steps[1]).toMatchObject({ status: 'in_progress', error: 'попытка 1', error_details: { attempt: 1 } });
    const done = await db.move(courseId, 2, 'completed', { generationId });
    expect(done.steps[1]).toMatchObject({ status: 'completed', error: null, error_details: null });
  });
});

describe('without a generation id', () => {
  test('a run by hand moves from the skeleton to the end, without a row', async () => {
    const { courseId } = await db.addCourse();
    for (const id of STEP_IDS) {
      await db.move(courseId, id, 'in_progress');
      expect(await db.course(courseId)).toMatchObject({ generation_status: statusOfStep(id, false) });
      await db.move(courseId, id, 'completed');
    }
    const course = await db.course(courseId);
    expect(course).toMatchObject({ generation_status: 'completed', generation_id: null });
    expect(course.generation_progress.percentage).toBe(100);
    expect(await db.rows('SELECT FROM generations WHERE course_id = $1', [courseId])).toEqual([]);
    // Ended: a late call does not move it back.
    expect(await db.move(courseId, 1, 'in_progress')).toEqual(course.generation_progress);
  });

  test('a failed step of such a run is cleared when it succeeds after all, and only then', async () => {
    const { courseId } = await db.addCourse();
    await db.move(courseId, 2, 'failed', { error: 'нет связи' });
    expect(await db.course(courseId)).toMatchObject({ generation_status: 'failed', error_message: 'нет связи' });
    const late = await db.move(courseId, 2, 'in_progress');
    expect(late.steps[1]).toMatchObject({ status: 'failed' });
    const done = await db.move(courseId, 2, 'completed');
    expect(done.steps[1]).toMatchObject({ status: 'completed', error: null });
    expect(await db.course(courseId)).toMatchObject({
      generation_status: 'analyzing_task',
      error_message: null,
      generation_completed_at: null,
    });
  });

  test('a call acts on the current generation, and gives way to one with an id', async () => {
    const { courseId } = await db.addCourse();
    await db.move(courseId, 3, 'in_progress');
    const generationId = await db.admit(courseId);
    expect((await db.course(courseId)).generation_progress).toMatchObject({ percentage: 20, current_step: 1 });
    const moved = await db.move(courseId, 2, 'in_progress');
    expect(moved.metadata).toMatchObject({ generation_id: generationId });
    expect(await db.generation(generationId)).toMatchObject({ status: 'analyzing_task' });
  });
});
