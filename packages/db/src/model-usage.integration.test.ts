import { signUp } from '@megacampus/test-kit/users';
import { expect, test } from 'vitest';
import { createUserClient } from './clients.ts';
import { newId, useDatabase } from './testing/database.ts';
import { callers, rest } from './testing/rest.ts';
import { loadGenerationUsage } from './usage.ts';

const db = useDatabase();
const usage = { call: 'lesson', model: 'm', inputTokens: 100, outputTokens: 50, estimated: false, cost: 0.0002 };

test('what requests used adds up over the generation, for lessons at once, and is counted after a cancel too', async () => {
  const { courseId } = await db.addCourse();
  const { generationId, lessonIds } = await db.outline(courseId, 4);
  expect(await db.store.loadModelUsage(generationId)).toEqual({ tokens: 0, cost: null });
  await Promise.all(lessonIds.map((lessonId) => db.store.recordModelUsage({ generationId, lessonId, usage })));
  await db.store.cancel({ courseId, generationId });
  expect(await db.store.recordModelUsage({ generationId, lessonId: null, usage })).toEqual({ tokens: 750 });
  expect(await db.store.loadModelUsage(generationId)).toEqual({ tokens: 750, cost: 0.001 });
});

test('usage without a known price, for a lesson of another generation, or for none', async () => {
  const [one, two] = await Promise.all([db.addCourse(), db.addCourse()]);
  const { lessonIds } = await db.outline(one.courseId, 1);
  const { generationId } = await db.outline(two.courseId, 1);
  await db.store.recordModelUsage({ generationId, lessonId: lessonIds[0] ?? '', usage: { ...usage, cost: null } });
  expect(await db.one('SELECT lesson_id, cost FROM model_usage WHERE generation_id = $1', [generationId])).toEqual({
    lesson_id: null,
    cost: null,
  });
  expect(await db.store.recordModelUsage({ generationId: newId(), lessonId: null, usage })).toBeNull();
});

test('its owner and an admin read what a generation used, in all and for each lesson; nobody else does', async () => {
  const [owner, other, admin] = await Promise.all([
    signUp(db.stack, 'PREMIUM'),
    signUp(db.stack, 'PREMIUM'),
    signUp(db.stack, 'FREE', { role: 'admin' }),
  ]);
  const { courseId } = await db.addCourse(owner.userId);
  const { generationId, lessonIds } = await db.outline(courseId, 2);
  const [first = ''] = lessonIds;
  await db.store.recordModelUsage({ generationId, lessonId: first, usage });
  await db.store.recordModelUsage({ generationId, lessonId: first, usage: { ...usage, estimated: true } });
  await db.store.recordModelUsage({ generationId, lessonId: null, usage: { ...usage, cost: null } });
  const as = (user: { accessToken: string }) =>
    createUserClient({ url: db.stack.supabaseUrl, key: db.stack.publishableKey, accessToken: user.accessToken });
  const one = { requests: 1, inputTokens: 100, outputTokens: 50, cost: null, hasWholeCost: false, isEstimated: false };
  const lesson = {
    requests: 2,
    inputTokens: 200,
    outputTokens: 100,
    cost: 0.0004,
    hasWholeCost: true,
    isEstimated: true,
  };
  for (const reader of [owner, admin]) {
    const found = await loadGenerationUsage(as(reader), generationId);
    expect(found?.course).toMatchObject(one);
    const position = reader === owner ? 1 : null;
    expect(found?.lessons).toEqual([{ ...lesson, lessonId: first, position }]);
    expect(found?.total).toEqual({
      requests: 3,
      inputTokens: 300,
      outputTokens: 150,
      cost: 0.0004,
      hasWholeCost: false,
      isEstimated: true,
    });
  }
  expect(await loadGenerationUsage(as(other), generationId)).toBeNull();
});

test('is written by the service role only', async () => {
  const user = await signUp(db.stack, 'PREMIUM');
  const as = callers(db.stack);
  const { courseId } = await db.addCourse(user.userId);
  const { generationId } = await db.outline(courseId, 1);
  await db.store.recordModelUsage({ generationId, lessonId: null, usage });
  for (const caller of [as.anon, as.user(user.accessToken)]) {
    for (const [method, path, body] of [
      [
        'POST',
        'model_usage',
        { generation_id: generationId, call: 'x', model: 'x', input_tokens: 1, output_tokens: 1 },
      ],
      ['POST', 'rpc/record_model_usage', { p_generation_id: generationId, p_lesson_id: null, p_usage: usage }],
      ['POST', 'rpc/load_model_usage', { p_generation_id: generationId }],
      ['POST', 'rpc/list_lesson_errors', { p_generation_id: generationId }],
    ] as const) {
      const { status, body: answer } = await rest(db.stack, caller, method, path, body);
      expect([401, 403], `${method} ${path}`).toContain(status);
      expect(answer.code).toBe('42501');
    }
  }
});

test('reasons of failed lessons come in course order', async () => {
  const { courseId } = await db.addCourse();
  const { generationId, lessonIds } = await db.outline(courseId, 3);
  for (const at of [2, 0])
    await db.store.failLesson({ lessonId: lessonIds[at] ?? '', generationId, error: `урок ${at}` });
  expect(await db.store.listLessonErrors(generationId)).toEqual(['урок 0', 'урок 2']);
});
