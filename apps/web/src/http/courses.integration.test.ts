import { checkStatusResponseSchema } from '@megacampus/domain/api';
import { createKeys } from '@megacampus/queue/keys';
import { Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';
import { callApi, generate } from '../../testing/call-api.ts';
import { runWeb } from '../../testing/run-web.ts';

const web = runWeb();

async function someone() {
  const user = await web().user();
  const course = await web().course(user);
  const at = (what: string) => `/api/courses/${course.slug}/${what}`;
  const call = (method: string, what: string) => callApi(web().app.url, method, at(what), { token: user.accessToken });
  return { user, course, at, call };
}

describe.each([
  ['GET', 'check-status'],
  ['GET', 'events'],
  ['GET', 'cancel'],
  ['POST', 'cancel'],
])('%s %s', (method, what) => {
  test("401 without a token, 404 for no such course, 403 for someone else's, 503 while the database is away", async () => {
    const { at, call } = await someone();
    const other = await web().user();
    const { url } = web().app;
    expect((await callApi(url, method, at(what))).status).toBe(401);
    expect((await callApi(url, method, at(what), { token: other.accessToken })).status).toBe(403);
    const missing = `/api/courses/no-such-course/${what}`;
    expect((await callApi(url, method, missing, { token: other.accessToken })).status).toBe(404);
    web().supabase.freeze();
    const frozen = await call(method, what);
    await web().supabase.restore();
    expect([frozen.status, frozen.headers.get('retry-after')]).toEqual([503, '5']);
    expect(frozen.tookMs).toBeLessThan(5_000);
  });
});

test('a deleted course is not found by any route, not even by its owner, until it is restored', async () => {
  const { user, course, call } = await someone();
  const other = await web().user();
  const trash = { p_user_id: user.userId, p_course_id: course.id };
  await web()
    .service.rpc('trash_course', { ...trash, p_cancel: false })
    .throwOnError();
  const regenerate = `lessons/${crypto.randomUUID()}/regenerate`;
  const routes = [
    ['GET', 'check-status'],
    ['GET', 'events'],
    ['GET', 'activity'],
    ['GET', 'cancel'],
    ['POST', 'cancel'],
  ] as const;
  const answers = await Promise.all([
    ...routes.map(([method, what]) => call(method, what)),
    callApi(web().app.url, 'GET', `/api/courses/${course.slug}/check-status`, { token: other.accessToken }),
    callApi(web().app.url, 'POST', `/api/courses/${course.slug}/${regenerate}`, {
      token: user.accessToken,
      body: { instruction: '' },
    }),
    generate(web().app.url, user.accessToken, course.id),
    generate(web().app.url, other.accessToken, course.id),
  ]);
  for (const { status, body } of answers) expect([status, body.error]).toEqual([404, 'Course not found']);
  await web().service.rpc('restore_course', trash).throwOnError();
  expect((await call('GET', 'check-status')).status).toBe(200);
  expect((await generate(web().app.url, user.accessToken, course.id)).status).toBe(200);
});

test('check-status before, during and after: the documented body', async () => {
  const { user, course, call } = await someone();
  const before = await call('GET', 'check-status');
  expect(before.body).toMatchObject({
    courseId: course.id,
    slug: course.slug,
    currentStatus: 'draft',
    currentGenerationStatus: null,
    queuePosition: null,
    isStuck: false,
  });
  expect(before.body.updatedAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  await generate(web().app.url, user.accessToken, course.id);
  const during = checkStatusResponseSchema.parse((await call('GET', 'check-status')).body);
  expect(during).toMatchObject({ currentGenerationStatus: 'initializing', generationProgress: { percentage: 20 } });
  expect(during.queuePosition).toBeGreaterThanOrEqual(1);
  expect(Date.parse(during.updatedAt)).toBeGreaterThanOrEqual(Date.parse(before.body.updatedAt));
  await call('POST', 'cancel');
  const after = checkStatusResponseSchema.parse((await call('GET', 'check-status')).body);
  expect(after).toMatchObject({ currentGenerationStatus: 'cancelled', queuePosition: null, isStuck: false });
});

test('check-status says that a silent generation is stuck, and without Redis all but the place in the queue', async () => {
  const { user, course, call } = await someone();
  await generate(web().app.url, user.accessToken, course.id);
  await web().redis.cut();
  const fresh = await call('GET', 'check-status');
  const long = new Date(Date.now() - 3_600_000).toISOString();
  await web().service.from('courses').update({ last_progress_update: long }).eq('id', course.id).throwOnError();
  const silent = await call('GET', 'check-status');
  await web().redis.restore();
  expect([fresh.status, fresh.body.queuePosition, fresh.body.isStuck]).toEqual([200, null, false]);
  expect(silent.body.isStuck).toBe(true);
  // The next test is not to meet a connection that is still away.
  await expect.poll(async () => (await call('GET', 'check-status')).body.queuePosition).not.toBeNull();
});

test('check-status: a long silence is no cause for alarm while the generation holds its lease', async () => {
  const { user, course, call } = await someone();
  await generate(web().app.url, user.accessToken, course.id);
  const long = new Date(Date.now() - 3_600_000).toISOString();
  await web().service.from('courses').update({ last_progress_update: long }).eq('id', course.id).throwOnError();
  expect((await call('GET', 'check-status')).body.isStuck).toBe(false);
  const redis = new Redis(web().stack.redisUrl);
  await redis.zrem(createKeys().slots, course.id);
  await redis.quit();
  expect((await call('GET', 'check-status')).body.isStuck).toBe(true);
});

test('cancel: once, then 409; the slot is free for the next course at once', async () => {
  const { user, course, call } = await someone();
  expect((await call('GET', 'cancel')).body).toEqual({
    canCancel: false,
    currentStatus: null,
    reason: expect.any(String),
  });
  expect((await call('POST', 'cancel')).status).toBe(409);
  await generate(web().app.url, user.accessToken, course.id);
  expect((await call('GET', 'cancel')).body).toEqual({ canCancel: true, currentStatus: 'initializing', reason: null });

  const cancelled = await call('POST', 'cancel');
  expect(cancelled.status).toBe(200);
  expect(cancelled.body).toEqual({ success: true, message: expect.any(String), slug: course.slug });

  const again = await call('POST', 'cancel');
  expect([again.status, again.body.details]).toEqual([409, { currentStatus: 'cancelled' }]);
  expect((await call('GET', 'cancel')).body).toMatchObject({ canCancel: false, currentStatus: 'cancelled' });

  const next = await web().course(user);
  const admitted = await generate(web().app.url, user.accessToken, next.id);
  expect([admitted.status, admitted.body.alreadyRunning]).toEqual([200, undefined]);
});

test('a cancelled course can be generated again, under a new id', async () => {
  const { user, course, call } = await someone();
  const first = await generate(web().app.url, user.accessToken, course.id);
  await call('POST', 'cancel');
  const second = await generate(web().app.url, user.accessToken, course.id);
  expect(second.status).toBe(200);
  expect(second.body.alreadyRunning).toBeUndefined();
  expect(second.body.jobId).not.toBe(first.body.jobId);
});
