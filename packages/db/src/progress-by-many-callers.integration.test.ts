import { percentageOf, STEP_IDS } from '@megacampus/domain/steps';
import { describe, expect, test } from 'vitest';
import { newId, type StoredProgress, useDatabase } from './testing/database.ts';

const db = useDatabase();
const statuses = (progress: StoredProgress) => progress.steps.map(({ status }) => status);

describe('many callers at once', () => {
  test('mixed steps in any order: nothing is lost, nothing moves back', async () => {
    const { courseId } = await db.addCourse();
    const generationId = await db.admit(courseId);
    const calls = [2, 3, 4].flatMap((id) =>
      ['pending', 'in_progress', 'completed', 'in_progress', 'completed', 'pending', 'completed'].map((status) => ({
        id,
        status,
      })),
    );
    const shuffled = calls.toSorted(() => Math.random() - 0.5);
    const answers = await Promise.all(
      shuffled.map(async ({ id, status }, index) => {
        const metadata = { [`caller_${index}`]: true };
        const progress = await db.step(courseId, id, status, { generationId, metadata });
        return { progress, id, status };
      }),
    );
    for (const { progress, id, status } of answers) {
      if (status !== 'pending') {
        expect(progress?.percentage).toBeGreaterThanOrEqual(percentageOf(id as 2, status as 'completed'));
      }
    }
    const { generation_progress: end, generation_status } = await db.course(courseId);
    expect(statuses(end)).toEqual(['completed', 'completed', 'completed', 'completed', 'pending']);
    expect(end).toMatchObject({ percentage: 80, current_step: 4 });
    expect(generation_status).toBe('generating_content');
    expect(Object.keys(end.metadata).filter((key) => key.startsWith('caller_'))).toHaveLength(calls.length);
  });

  test('whoever watches sees a percentage that never goes down', async () => {
    const { courseId } = await db.addCourse();
    const generationId = await db.admit(courseId);
    const seen: number[] = [];
    let watching = true;
    const watch = async () => {
      while (watching) seen.push((await db.course(courseId)).generation_progress.percentage);
    };
    const watcher = watch();
    const calls = STEP_IDS.flatMap((id) =>
      ['in_progress', 'completed', 'in_progress', 'pending'].map((status) => ({ id, status })),
    );
    await Promise.all(calls.map(({ id, status }) => db.step(courseId, id, status, { generationId })));
    watching = false;
    await watcher;
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect((await db.course(courseId)).generation_progress.percentage).toBe(100);
  });

  test('whoever counts the limits keeps the others waiting for seconds at most, whatever becomes of its connection', async () => {
    const { courseId } = await db.addCourse();
    const metadata = { generation_id: newId(), limits: { user: 5, global: 10_000 } };
    await db.inTransaction(async (query) => {
      await query("SELECT public.update_course_progress($1, 1, 'completed', 'x', NULL, NULL, $2)", [
        courseId,
        metadata,
      ]);
      const settings =
        "SELECT current_setting('lock_timeout') AS a, current_setting('idle_in_transaction_session_timeout') AS b";
      expect(await query(settings, [])).toMatchObject({ rows: [{ a: '3s', b: '5s' }] });
    });
  });

  test('of many new generations exactly one gets the course', async () => {
    const { courseId } = await db.addCourse();
    const ids = Array.from({ length: 20 }, newId);
    const answers = await Promise.all(ids.map((generationId) => db.move(courseId, 1, 'completed', { generationId })));
    const { generation_id } = await db.course(courseId);
    expect(new Set(answers.map(({ metadata }) => metadata['generation_id']))).toEqual(new Set([generation_id]));
    expect(await db.rows('SELECT id FROM generations WHERE course_id = $1', [courseId])).toEqual([
      { id: generation_id },
    ]);
  });
});
