import { waitFor } from '@megacampus/test-kit/wait-for';
import { afterEach, describe, expect, test } from 'vitest';
import { callApi, generate } from '../../testing/call-api.ts';
import { type Failing, runOwnWeb } from '../../testing/run-web.ts';
import { callAction } from '../../testing/server-actions.ts';
import { sessionCookie } from '../../testing/session-cookie.ts';

const web = runOwnWeb();

afterEach(async () => {
  await Promise.all([web().redis.restore(), web().database.restore()]);
});

const FAILURES: [string, (proxy: Failing) => unknown][] = [
  ['refuses connections', (proxy) => proxy.cut()],
  ['is frozen', (proxy) => proxy.freeze()],
  ['takes the work and never answers', (proxy) => proxy.dropResponses()],
];

describe.each(['redis', 'database'] as const)('while %s', (service) => {
  test.each(FAILURES)('%s: 503 or an undone 500 within five seconds, then all is as before', async (_, fail) => {
    const user = await web().user();
    const course = await web().course(user);
    await fail(web()[service]);
    const answer = await generate(web().app.url, user.accessToken, course.id);
    expect(answer.tookMs).toBeLessThan(5_000);
    expect([500, 503]).toContain(answer.status);
    if (answer.status === 503) expect(answer.headers.get('retry-after')).toBe('5');
    expect(answer.body).toEqual({ error: expect.any(String), requestId: expect.any(String) });
    expect(answer.body.error).not.toMatch(/redis|supabase|database|ECONN|timeout/i);

    await web()[service].restore();
    const again = await waitFor(
      async () => {
        const answer = await generate(web().app.url, user.accessToken, course.id);
        return answer.status === 200 && answer;
      },
      { what: 'the next admission', intervalMs: 250 },
    );
    expect(again.body.jobId).toMatch(/^course-gen-/);
    const rows = await web()
      .service.from('generations')
      .select('id')
      .eq('course_id', course.id)
      .eq('status', 'initializing');
    expect(rows.data).toEqual([{ id: again.body.jobId }]);
  });
});

test.each(FAILURES)(
  'a database that %s once the job is on the queue: the 500 of an undone admission',
  async (_, fail) => {
    const user = await web().user();
    const course = await web().course(user);
    const stopWatching = web().redis.watchAnswers((asked) => {
      if (asked.includes('"jobType":"')) void fail(web().database);
      return 'pass';
    });
    const answer = await generate(web().app.url, user.accessToken, course.id);
    stopWatching();
    expect(answer.tookMs).toBeLessThan(5_000);
    expect([answer.status, answer.body]).toEqual([
      500,
      { error: 'Не удалось инициализировать генерацию курса. Попробуйте позже.', requestId: expect.any(String) },
    ]);

    await web().database.restore();
    const again = () => generate(web().app.url, user.accessToken, course.id);
    await waitFor(async () => (await again()).status === 200, { what: 'the next admission', intervalMs: 250 });
    const rows = await web().service.from('generations').select('status').eq('course_id', course.id);
    expect(rows.data?.filter(({ status }) => status === 'initializing')).toHaveLength(1);
  },
);

test('a Redis or database that is down before anything was reserved is a 503', async () => {
  const user = await web().user();
  const course = await web().course(user);
  for (const service of ['redis', 'database'] as const) {
    await web()[service].cut();
    const answer = await generate(web().app.url, user.accessToken, course.id);
    await web()[service].restore();
    expect([service, answer.status]).toEqual([service, 503]);
    await waitFor(async () => (await callApi(web().app.url, 'GET', '/api/health')).body.checks.redis === true);
  }
});

test('a database that hangs once the course is found is a 503 for cancelling and for the log of a generation, too', async () => {
  const user = await web().user();
  const course = await web().course(user);
  expect((await generate(web().app.url, user.accessToken, course.id)).status).toBe(200);
  web().postgres.freeze();
  const ask = (method: string, what: string) =>
    callApi(web().app.url, method, `/api/courses/${course.slug}/${what}`, { token: user.accessToken });
  for (const { status, headers, tookMs } of await Promise.all([ask('POST', 'cancel'), ask('GET', 'activity')])) {
    expect([status, headers.get('retry-after')]).toEqual([503, '5']);
    expect(tookMs).toBeLessThan(5_000);
  }
  await web().postgres.restore();
  await waitFor(async () => (await ask('POST', 'cancel')).status === 200, { what: 'the course to be cancelled' });
});

test('what a page throws and what a form meets is in the log, with the request id and the code that the visitor is shown', async () => {
  const user = await web().user();
  const course = await web().course(user);
  const cookie = await sessionCookie(web().stack, user);
  await web().database.cut();
  const page = await fetch(`${web().app.url}/courses`, { headers: { cookie, 'x-request-id': 'a-page' } });
  const shown = await page.text();
  const headers = { cookie, origin: web().app.url, 'x-request-id': 'a-form' };
  await callAction(web().app, 'deleteCourse', { path: '/courses', headers, body: JSON.stringify([course.id, false]) });
  const line = (msg: string) => web().app.lines.find((text) => text.startsWith('{') && JSON.parse(text).msg === msg);
  const [failed, unchanged] = await Promise.all(
    ['page failed', 'the trash was not changed'].map(async (msg) =>
      JSON.parse((await waitFor(() => line(msg))) || '{}'),
    ),
  );
  expect(failed).toMatchObject({ level: 'error', requestId: 'a-page', path: '/courses', err: expect.any(Object) });
  expect(shown).toContain(failed.digest);
  expect(unchanged).toMatchObject({ level: 'error', requestId: 'a-form', courseId: course.id });
});

test('health: says what is down, within two seconds, and recovers by itself', async () => {
  const health = () => callApi(web().app.url, 'GET', '/api/health');
  expect((await health()).body).toEqual({
    status: 'degraded',
    version: expect.any(String),
    checks: { redis: true, database: true, queue: true, workers: 0 },
  });
  web().redis.freeze();
  await web().database.freeze();
  const frozen = await health();
  expect(frozen.status).toBe(503);
  expect(frozen.tookMs).toBeLessThan(2_500);
  expect(frozen.body.checks).toEqual({ redis: false, database: false, queue: false, workers: 0 });
  await Promise.all([web().redis.restore(), web().database.restore()]);
  await waitFor(async () => (await health()).body.checks.redis && (await health()).body.checks.database);
});

test('health: the database is not well where only the straight way to it is cut, as no admission would be', async () => {
  const health = async () => (await callApi(web().app.url, 'GET', '/api/health')).body.checks;
  await web().postgres.cut();
  expect(await health()).toMatchObject({ redis: true, database: false });
  await web().postgres.restore();
  await waitFor(async () => (await health()).database === true);
});

test('with Postgres itself stopped: 503, never a 404 or a 401', async () => {
  const user = await web().user();
  const course = await web().course(user);
  process.kill(Number(web().stack.pids.postgres), 'SIGQUIT');
  const status = () =>
    callApi(web().app.url, 'GET', `/api/courses/${course.slug}/check-status`, { token: user.accessToken });
  await waitFor(async () => (await status()).status !== 200);
  expect((await status()).status).toBe(503);
  const answer = await generate(web().app.url, user.accessToken, course.id);
  expect([answer.status, answer.tookMs < 5_000]).toEqual([503, true]);
});
