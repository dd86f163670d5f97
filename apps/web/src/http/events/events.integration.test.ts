import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { callApi, generate } from '../../../testing/call-api.ts';
import { openEvents } from '../../../testing/open-events.ts';
import { runWeb } from '../../../testing/run-web.ts';

const web = runWeb();

/** A course whose generation is under way. */
async function running() {
  const user = await web().user();
  const course = await web().course(user);
  await generate(web().app.url, user.accessToken, course.id);
  const open = (headers?: Record<string, string>) =>
    openEvents(`${web().app.url}/api/courses/${course.slug}/events`, user.accessToken, headers);
  const cancel = () =>
    callApi(web().app.url, 'POST', `/api/courses/${course.slug}/cancel`, { token: user.accessToken });
  const status = () =>
    callApi(web().app.url, 'GET', `/api/courses/${course.slug}/check-status`, { token: user.accessToken });
  return { user, course, open, cancel, status };
}

test('the snapshot comes at once and is the body of check-status; the end closes the stream', async () => {
  const { open, cancel, status } = await running();
  const stream = await open({ 'accept-encoding': 'gzip' });
  expect(stream.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(stream.response.headers.get('content-encoding')).toBeNull();
  expect(stream.response.headers.get('x-request-id')).toMatch(/^[\w-]+$/);
  const snapshot = await stream.next();
  expect(snapshot).toMatchObject({ id: expect.any(String), retryMs: 2_000 });
  expect(snapshot?.data).toEqual((await status()).body);

  const cancelledAt = performance.now();
  await cancel();
  const last = await stream.until((event) => event.data?.currentGenerationStatus === 'cancelled');
  expect(performance.now() - cancelledAt).toBeLessThan(1_500);
  expect(last.id).not.toBe(snapshot?.id);
  expect(await stream.next()).toBeNull();
});

test('a stream ends when its course is deleted, and to come back is no use', async () => {
  const { user, course, open } = await running();
  const stream = await open();
  await stream.next();
  const args = { p_user_id: user.userId, p_course_id: course.id, p_cancel: true };
  await web().service.rpc('trash_course', args).throwOnError();
  while ((await stream.next()) !== null);
  expect((await open()).response.status).toBe(404);
});

test('coming back: a fresh snapshot, or 204 once the end has been seen', async () => {
  const { open, cancel } = await running();
  const first = await open();
  const snapshot = await first.next();
  first.close();
  const second = await open({ 'last-event-id': snapshot?.id ?? '' });
  expect((await second.next())?.data).toEqual(snapshot?.data);
  second.close();

  await cancel();
  const third = await open({ 'last-event-id': snapshot?.id ?? '' });
  const end = await third.next();
  expect(end?.data.currentGenerationStatus).toBe('cancelled');
  expect(await third.next()).toBeNull();

  const fourth = await open({ 'last-event-id': end?.id ?? '' });
  expect(fourth.response.status).toBe(204);
  expect(fourth.response.headers.get('x-request-id')).toMatch(/^[\w-]+$/);
});

test('a heartbeat comes while nothing changes', { timeout: 40_000 }, async () => {
  const { open } = await running();
  const stream = await open();
  await stream.next();
  const startedAt = performance.now();
  const beat = await stream.until((event) => event.comment !== undefined);
  expect(beat.comment).toBe('heartbeat');
  expect(performance.now() - startedAt).toBeLessThan(17_000);
  stream.close();
});

test('without Redis changes still come within seconds, and signals are used again when it is back', async () => {
  const { user, course, open } = await running();
  await web().redis.cut();
  const stream = await open();
  expect((await stream.next())?.data.currentGenerationStatus).toBe('initializing');
  await web().service.from('courses').update({ generation_status: 'finalizing' }).eq('id', course.id);
  const change = await stream.until((event) => event.data?.currentGenerationStatus === 'finalizing');
  expect(change.data.queuePosition).toBeNull();
  await web().redis.restore();
  await sleep(1_500);
  const cancelledAt = performance.now();
  await callApi(web().app.url, 'POST', `/api/courses/${course.slug}/cancel`, { token: user.accessToken });
  await stream.until((event) => event.data?.currentGenerationStatus === 'cancelled');
  expect(performance.now() - cancelledAt).toBeLessThan(1_500);
});

test('while Redis is frozen the snapshot comes all the same', async () => {
  const { open } = await running();
  web().redis.freeze();
  const startedAt = performance.now();
  const stream = await open();
  expect((await stream.next())?.data.currentGenerationStatus).toBe('initializing');
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  stream.close();
  await web().redis.restore();
});

test('a database outage in the middle does not end the stream', async () => {
  const { course, open } = await running();
  const stream = await open();
  await stream.next();
  await web().supabase.cut();
  await sleep(4_000);
  await web().supabase.restore();
  await web().service.from('courses').update({ generation_status: 'finalizing' }).eq('id', course.id);
  await stream.until((event) => event.data?.currentGenerationStatus === 'finalizing');
  stream.close();
});

test('a deleted course ends the stream', async () => {
  const { course, open } = await running();
  const stream = await open();
  await stream.next();
  await web().service.from('courses').delete().eq('id', course.id);
  expect(await stream.next()).toBeNull();
});

test('a client that goes away frees its place: more connections than allowed at once, one after another', async () => {
  const { open } = await running();
  for (let n = 0; n < 25; n += 1) {
    const stream = await open();
    expect(stream.response.status).toBe(200);
    await stream.next();
    stream.close();
  }
  const streams = await Promise.all(Array.from({ length: 20 }, () => open()));
  expect(streams.map((stream) => stream.response.status)).toEqual(Array(20).fill(200));
  expect((await open()).response.status).toBe(429);
  for (const stream of streams) stream.close();
});
