import { randomUUID } from 'node:crypto';
import { createGenerationStore } from '@megacampus/db/generations';
import { expect, test } from 'vitest';
import { callApi, generate } from '../../testing/call-api.ts';
import { runWeb } from '../../testing/run-web.ts';

const web = runWeb();

/** Somebody with a completed course of one lesson, and how to ask for that lesson anew. */
async function someone() {
  const user = await web().user();
  const course = await web().course(user);
  const store = createGenerationStore(web().service);
  const generationId = `course-gen-${randomUUID()}`;
  const step = { courseId: course.id, status: 'completed' as const, message: 'готово' };
  const metadata = { generation_id: generationId };
  await store.recordProgress({ ...step, stepId: 1, metadata });
  await store.saveAnalysis({ generationId, analysis: { scope: 'всё' } });
  const lesson = { title: 'Урок', objectives: ['цель'], keyTopics: [], passageIds: [], durationMinutes: 5 };
  const outline = { sections: [{ title: 'Раздел', summary: '', lessons: [lesson] }] };
  const saved = await store.saveOutline({ generationId, outline });
  const lessonId = saved?.lessons[0]?.id ?? '';
  const content = { markdown: 'Текст', keyPoints: [], quiz: [], citations: [], notice: null };
  await store.saveLesson({ lessonId, generationId, content });
  await store.saveSummary({ generationId, summary: { overview: 'Итог', glossary: [] } });
  await store.recordProgress({ ...step, stepId: 5, metadata });
  const path = (id = lessonId) => `/api/courses/${course.slug}/lessons/${id}/regenerate`;
  const regenerate = (body: unknown = {}, token = user.accessToken, id = lessonId) =>
    callApi(web().app.url, 'POST', path(id), { token, body });
  return { user, course, path, regenerate };
}

test('200: the lesson is admitted as a generation; another click, and one on the whole course, name it', async () => {
  const { user, course, regenerate } = await someone();
  const answer = await regenerate({ instruction: ' Добавь примеры ' });
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({
    success: true,
    jobId: expect.stringMatching(/^course-gen-[\w-]{21}$/),
    message: 'Генерация курса инициализирована',
  });
  const { jobId } = answer.body;
  const row = await web().service.from('generations').select('instruction, status').eq('id', jobId).single();
  expect(row.data).toEqual({ instruction: 'Добавь примеры', status: 'initializing' });

  const again = await regenerate();
  expect(again.status).toBe(409);
  expect(again.body.details).toEqual({ reason: 'generation_in_progress', jobId });
  const whole = await generate(web().app.url, user.accessToken, course.id);
  expect([whole.status, whole.body]).toMatchObject([200, { jobId, alreadyRunning: true }]);
});

test('400, 401, 403, 404, 415: refused like a generation, and nothing is started', async () => {
  const { course, path, regenerate } = await someone();
  const stranger = await web().user();
  const { url } = web().app;
  const statuses = [
    await regenerate({ instruction: 'я'.repeat(1_001) }),
    await regenerate({ instruction: 'x', lessonId: 'y' }),
    await regenerate('{'),
    await callApi(url, 'POST', path(), { body: {} }),
    await regenerate({}, stranger.accessToken),
    await regenerate({}, undefined, randomUUID()),
    await regenerate({}, undefined, 'no-uuid'),
    await callApi(url, 'POST', path(), { body: '{}', headers: { 'content-type': 'text/plain' } }),
    await callApi(url, 'GET', path()),
  ].map(({ status }) => status);
  expect(statuses).toEqual([400, 400, 400, 401, 403, 404, 404, 415, 405]);
  const row = await web().service.from('courses').select('generation_status').eq('id', course.id).single();
  expect(row.data).toEqual({ generation_status: 'completed' });
});

test('429 with the limit and Retry-After, 503 within five seconds while the database is away', async () => {
  const { user, regenerate } = await someone();
  await web().service.from('user_profiles').update({ tier: 'FREE' }).eq('id', user.userId);
  const other = await web().course(user);
  await generate(web().app.url, user.accessToken, other.id);
  const limited = await regenerate();
  expect(limited.status).toBe(429);
  expect(limited.body.details).toMatchObject({ reason: 'user_limit', tier: 'FREE', user_limit: 1 });
  expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);

  await web().database.freeze();
  const frozen = await regenerate();
  await web().database.restore();
  expect(frozen.status).toBe(503);
  expect(frozen.tookMs).toBeLessThan(5_000);
});
