import { setTimeout as pause } from 'node:timers/promises';
import { createKeys } from '@megacampus/queue/keys';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { validate } from '@readme/openapi-parser';
import { Redis } from 'ioredis';
import pg from 'pg';
import { expect, test } from 'vitest';
import { callApi, generate } from '../../testing/call-api.ts';
import { openEvents } from '../../testing/open-events.ts';
import { runOwnWeb } from '../../testing/run-web.ts';

const METRICS_TOKEN = 'a-token-for-the-scraper';
const web = runOwnWeb({ APP_VERSION: '9.8.7', METRICS_TOKEN });

test('the OpenAPI document is served, valid, for everybody', async () => {
  const answer = await callApi(web().app.url, 'GET', '/api/openapi.json');
  expect(answer.status).toBe(200);
  expect(answer.body.info.version).toBe('9.8.7');
  expect(await validate(answer.body)).toMatchObject({ valid: true });
});

test('a long answer is compressed, a short one is not: that costs more than answering', async () => {
  const encodingOf = async (path: string) => {
    const response = await fetch(web().app.url + path, { headers: { 'accept-encoding': 'gzip' } });
    await response.arrayBuffer();
    return response.headers.get('content-encoding');
  };
  expect(await encodingOf('/api/openapi.json')).toBe('gzip');
  expect(await encodingOf('/api/health')).toBeNull();
  expect(await encodingOf('/api/nothing')).toBeNull();
});

test.each(['/api', '/api/nothing', '/api/courses/a/b/c'])('404 as JSON for %s, by any method', async (path) => {
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
    const answer = await callApi(web().app.url, method, path);
    expect([answer.status, answer.body]).toEqual([404, { error: 'Not found', requestId: expect.any(String) }]);
  }
});

test('405 for other methods, in the form of every error, and OPTIONS says which there are', async () => {
  for (const [method, path, allow] of [
    ['GET', '/api/coursegen/generate', 'POST, OPTIONS'],
    ['DELETE', '/api/courses/a/cancel', 'GET, POST, OPTIONS'],
    ['PUT', '/api/courses/a/check-status', 'GET, OPTIONS'],
    ['PATCH', '/api/health', 'GET, OPTIONS'],
  ] as const) {
    const answer = await callApi(web().app.url, method, path, { body: method === 'GET' ? undefined : {} });
    expect([answer.status, answer.body?.error, answer.headers.get('allow')]).toEqual([
      405,
      'Method not allowed',
      allow,
    ]);
    const options = await callApi(web().app.url, 'OPTIONS', path);
    expect([options.status, options.headers.get('allow')]).toEqual([204, allow]);
  }
});

test('a request id that is sane is kept through the proxy, the answer and the log', async () => {
  const headers = { 'x-request-id': 'my-request.1' };
  const answer = await callApi(web().app.url, 'POST', '/api/coursegen/generate', { headers, body: {} });
  expect(answer.headers.get('x-request-id')).toBe('my-request.1');
  expect(answer.body.requestId).toBe('my-request.1');
  const lines = web()
    .app.lines.filter((line) => line.includes('my-request.1'))
    .map((line) => JSON.parse(line));
  expect(lines).toContainEqual(expect.objectContaining({ level: 'info', msg: 'request', status: 400, method: 'POST' }));
  const other = await callApi(web().app.url, 'GET', '/api/health', { headers: { 'x-request-id': 'a b\tc' } });
  expect(other.headers.get('x-request-id')).toMatch(/^[\w-]{21}$/);
});

test('every page has a request id and the security headers, and its scripts the nonce of its policy', async () => {
  const response = await fetch(`${web().app.url}/`);
  expect(response.headers.get('x-request-id')).toMatch(/^[\w-]+$/);
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(response.headers.get('x-frame-options')).toBe('DENY');
  expect(response.headers.get('x-powered-by')).toBeNull();
  const policy = response.headers.get('content-security-policy') ?? '';
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1];
  expect(policy).toContain(`connect-src 'self' ${web().supabase.url}`);
  const scripts = (await response.text()).match(/<script[^>]*>/g) ?? [];
  expect(scripts.length).toBeGreaterThan(0);
  expect(scripts.filter((script) => !script.includes(`nonce="${nonce}"`))).toEqual([]);
});

test('health is 200 once a worker is alive', async () => {
  const redis = new Redis(web().stack.redisUrl);
  await redis.zadd(createKeys().workers, Date.now() + 60_000, 'a-worker');
  redis.disconnect();
  const answer = await callApi(web().app.url, 'GET', '/api/health');
  expect([answer.status, answer.body]).toEqual([
    200,
    { status: 'ok', version: '9.8.7', checks: { redis: true, database: true, queue: true, workers: 1 } },
  ]);
});

test('tokens are in no log line', async () => {
  const user = await web().user();
  await generate(web().app.url, user.accessToken, (await web().course(user)).id);
  await callApi(web().app.url, 'POST', '/api/coursegen/generate', {
    token: 'eyJhbGciOiJIUzI1NiJ9.e30.c2VjcmV0',
    body: {},
  });
  expect(web().app.lines.filter((line) => line.includes(user.accessToken) || line.includes('c2VjcmV0'))).toEqual([]);
});

test('metrics are for whoever shows the token, and count requests by route, admissions by outcome', async () => {
  const url = `${web().app.url}/api/metrics`;
  for (const authorization of ['', 'Bearer', 'Bearer wrong-token-of-somebody', `Basic ${METRICS_TOKEN}`]) {
    expect((await fetch(url, { headers: { authorization } })).status).toBe(404);
  }
  const user = await web().user();
  await generate(web().app.url, user.accessToken, (await web().course(user)).id);
  await callApi(web().app.url, 'GET', '/api/courses/some-slug/check-status', { token: user.accessToken });
  const text = await (await fetch(url, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } })).text();
  expect(text).toMatch(/megacampus_admission_duration_seconds_count\{outcome="admitted"\} [1-9]/);
  expect(text).toMatch(
    /megacampus_http_request_duration_seconds_count\{route="\/api\/courses\/\[slug\]\/check-status",status="404"\} [1-9]/,
  );
  expect(text).not.toContain('some-slug');
});

test('an admission that fails by a fault of ours is counted as failed, and is no outage', async () => {
  const user = await web().user();
  const course = await web().course(user);
  const database = new pg.Client(web().stack.databaseUrl);
  await database.connect();
  await database.query('ALTER VIEW public.admissions RENAME TO admissions_away');
  try {
    const answer = await generate(web().app.url, user.accessToken, course.id);
    expect(answer.status).toBe(500);
  } finally {
    await database.query('ALTER VIEW public.admissions_away RENAME TO admissions');
    await database.end();
  }
  const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
  const text = await (await fetch(`${web().app.url}/api/metrics`, { headers })).text();
  expect(text).toMatch(/megacampus_admission_duration_seconds_count\{outcome="failed"\} 1/);
  expect(text).not.toContain('outcome="unavailable"');
});

test('SIGTERM ends open streams within seconds, and the server when what is under way has been answered as ever', async () => {
  const user = await web().user();
  const [watched, course] = [await web().course(user), await web().course(user)];
  const stream = await openEvents(`${web().app.url}/api/courses/${watched.slug}/events`, user.accessToken);
  await stream.next();
  const enqueued = Promise.withResolvers<void>();
  web().redis.watchAnswers((asked) => {
    if (asked.includes('"jobType":"')) {
      void web().postgres.cut().then(enqueued.resolve);
    }
    return 'pass';
  });
  const answer = generate(web().app.url, user.accessToken, course.id);
  await enqueued.promise;

  const stoppedAt = performance.now();
  web().app.signal('SIGTERM');
  expect(await stream.next()).toBeNull();
  expect(performance.now() - stoppedAt).toBeLessThan(2_000);
  await pause(300);
  await web().postgres.restore();
  expect(await answer).toMatchObject({ status: 200, body: { success: true } });
  const rows = await web().service.from('generations').select('status').eq('course_id', course.id);
  expect(rows.data).toEqual([{ status: 'initializing' }]);
  await waitFor(() => !web().app.running(), { what: 'the server to end by itself' });
});
