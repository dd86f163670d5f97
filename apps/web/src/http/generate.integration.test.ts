import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { describe, expect, test } from 'vitest';
import { callApi, generate } from '../../testing/call-api.ts';
import { runWeb } from '../../testing/run-web.ts';

const web = runWeb();
const PATH = '/api/coursegen/generate';

async function events(type: string, column: 'course_id' | 'user_id', id: string) {
  const rows = await web().service.from('system_metrics').select('*').eq('event_type', type).eq(column, id);
  return rows.data ?? [];
}

test('200: the first request is admitted, and step 1 is done by then', async () => {
  const user = await web().user();
  const course = await web().course(user);
  const answer = await generate(web().app.url, user.accessToken, course.id);
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({
    success: true,
    jobId: expect.stringMatching(/^course-gen-[\w-]{21}$/),
    message: 'Генерация курса инициализирована',
  });
  const row = await web().service.from('courses').select('*').eq('id', course.id).single();
  expect(row.data).toMatchObject({ generation_id: answer.body.jobId, generation_status: 'initializing' });
  expect(row.data?.generation_progress).toMatchObject({
    percentage: 20,
    steps: [{ status: 'completed' }, {}, {}, {}, {}],
  });
});

test('200 again: a second click gets the generation that is under way, and the event is written', async () => {
  const user = await web().user();
  const course = await web().course(user);
  const first = await generate(web().app.url, user.accessToken, course.id);
  const second = await generate(web().app.url, user.accessToken, course.id);
  expect(second.status).toBe(200);
  expect(second.body).toEqual({ ...first.body, alreadyRunning: true });
  await waitFor(async () => (await events('duplicate_job_detected', 'course_id', course.id)).length === 1);
});

test('200: nulls and the largest body allowed', async () => {
  const user = await web().user();
  const course = await web().course(user);
  const body = JSON.stringify({ courseId: course.id, webhookUrl: null }).padEnd(16 * 1024, ' ');
  expect((await callApi(web().app.url, 'POST', PATH, { token: user.accessToken, body })).status).toBe(200);
});

describe('400 with the reason', () => {
  const id = '0b2f8c1e-0000-4000-8000-000000000000';
  test.each([
    ['broken JSON', '{"courseId":', 'invalid_json', []],
    ['no body', '', 'invalid_json', []],
    ['not an object', '[]', 'invalid_type', []],
    ['a missing course', {}, 'invalid_type', ['courseId']],
    ['a course id that is none', { courseId: '1 OR 1=1' }, 'invalid_format', ['courseId']],
    ['an unknown field', { courseId: id, userId: id }, 'unrecognized_keys', []],
    [
      'a webhook that is not https',
      { courseId: id, webhookUrl: 'http://example.com' },
      'invalid_format',
      ['webhookUrl'],
    ],
    ['a script', { courseId: id, webhookUrl: 'javascript:alert(1)' }, 'invalid_format', ['webhookUrl']],
    ['a file', { courseId: id, webhookUrl: 'file:///etc/passwd' }, 'invalid_format', ['webhookUrl']],
    ['loopback', { courseId: id, webhookUrl: 'https://127.0.0.1/' }, 'unsafe_url', ['webhookUrl']],
    ['loopback in hexadecimal', { courseId: id, webhookUrl: 'https://0x7f.1/' }, 'unsafe_url', ['webhookUrl']],
    ['loopback as one number', { courseId: id, webhookUrl: 'https://2130706433/' }, 'unsafe_url', ['webhookUrl']],
    ['loopback in IPv6', { courseId: id, webhookUrl: 'https://[::1]/' }, 'unsafe_url', ['webhookUrl']],
    ['loopback mapped', { courseId: id, webhookUrl: 'https://[::ffff:127.0.0.1]/' }, 'unsafe_url', ['webhookUrl']],
    ['cloud metadata', { courseId: id, webhookUrl: 'https://169.254.169.254/latest' }, 'unsafe_url', ['webhookUrl']],
    ['a private network', { courseId: id, webhookUrl: 'https://10.1.2.3/' }, 'unsafe_url', ['webhookUrl']],
    ['localhost by name', { courseId: id, webhookUrl: 'https://localhost/' }, 'unsafe_url', ['webhookUrl']],
    ['a password', { courseId: id, webhookUrl: 'https://a:b@example.com/' }, 'unsafe_url', ['webhookUrl']],
  ])('%s', async (_, body, code, path) => {
    const answer = await callApi(web().app.url, 'POST', PATH, { body });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error: 'Invalid request body', details: [{ code, path }] });
  });

  test('bytes that are not UTF-8', async () => {
    const headers = { 'content-type': 'application/json' };
    const body = new Uint8Array([0x7b, 0xff, 0x7d]);
    const response = await fetch(web().app.url + PATH, { method: 'POST', headers, body });
    expect(response.status).toBe(400);
  });
});

test('413: a body over 16 KB, announced or not', async () => {
  const body = JSON.stringify({ courseId: randomUUID() }).padEnd(16 * 1024 + 1, ' ');
  const announced = await callApi(web().app.url, 'POST', PATH, { body });
  expect([announced.status, announced.body.error]).toEqual([413, 'Request body too large']);

  const response = await fetch(web().app.url + PATH, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: new Blob([body.repeat(20)]).stream(),
    duplex: 'half',
  } as RequestInit);
  expect([response.status, response.headers.get('connection')]).toEqual([413, 'close']);
});

test('400: a body that stops arriving is given up within the time of an answer', async () => {
  const { hostname, port } = new URL(web().app.url);
  const socket = connect(Number(port), hostname);
  socket.write(
    `POST ${PATH} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"cour`,
  );
  const startedAt = performance.now();
  const answer = await new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())));
  expect(answer).toMatch(/^HTTP\/1\.1 400 /);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
  socket.destroy();
});

test('415: not JSON', async () => {
  const answer = await callApi(web().app.url, 'POST', PATH, {
    body: 'courseId=1',
    headers: { 'content-type': 'text/plain' },
  });
  expect([answer.status, answer.body.error]).toEqual([415, 'Content-Type must be application/json']);
});

test("403: someone else's course; 404: no such course", async () => {
  const [owner, other] = [await web().user(), await web().user()];
  const course = await web().course(owner);
  const foreign = await generate(web().app.url, other.accessToken, course.id);
  expect([foreign.status, foreign.body.error]).toEqual([403, 'Forbidden: You do not have access to this course']);
  const missing = await generate(web().app.url, other.accessToken, randomUUID());
  expect([missing.status, missing.body.error]).toEqual([404, 'Course not found']);
});

test("429: over the user's limit, with all counts, Retry-After, and the event", async () => {
  const user = await web().user('FREE');
  const [first, second] = [await web().course(user), await web().course(user)];
  await generate(web().app.url, user.accessToken, first.id);
  const answer = await generate(web().app.url, user.accessToken, second.id);
  expect(answer.status).toBe(429);
  expect(answer.body).toEqual({
    error: 'Too many concurrent jobs. FREE tier allows 1 concurrent course generation.',
    details: {
      reason: 'user_limit',
      tier: 'FREE',
      user_limit: 1,
      current_user_jobs: 1,
      global_limit: 1000,
      current_global_jobs: expect.any(Number),
    },
    requestId: answer.headers.get('x-request-id'),
  });
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  await waitFor(async () => (await events('concurrency_limit_hit', 'user_id', user.userId)).length === 1);
});

test('50 simultaneous requests for one course make one generation, and all get its id', async () => {
  const user = await web().user('PREMIUM');
  const course = await web().course(user);
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => generate(web().app.url, user.accessToken, course.id)),
  );
  expect(answers.map((answer) => answer.status)).toEqual(Array(50).fill(200));
  expect(new Set(answers.map((answer) => answer.body.jobId)).size).toBe(1);
  expect(answers.filter((answer) => answer.body.alreadyRunning !== true)).toHaveLength(1);
  const rows = await web().service.from('generations').select('id').eq('course_id', course.id);
  expect(rows.data).toEqual([{ id: answers[0]?.body.jobId }]);
  expect(Math.max(...answers.map((answer) => answer.tookMs))).toBeLessThan(5_000);
});

test("50 simultaneous requests for 50 courses of one user admit exactly the tier's limit", async () => {
  const user = await web().user('PREMIUM');
  const courses = await Promise.all(Array.from({ length: 50 }, () => web().course(user)));
  const answers = await Promise.all(courses.map((course) => generate(web().app.url, user.accessToken, course.id)));
  const count = (status: number) => answers.filter((answer) => answer.status === status).length;
  expect([count(200), count(429)]).toEqual([5, 45]);
  const rows = await web().service.from('generations').select('id').eq('user_id', user.userId);
  expect(rows.data).toHaveLength(5);
});

test('429: over the global limit, which an admin has just changed in the database', async () => {
  const inFlight = await web()
    .service.from('generations')
    .select('id', { count: 'exact', head: true })
    .eq('status', 'initializing');
  const limit = inFlight.count ?? 0;
  const setting = await web().service.from('settings').upsert({ key: 'global_concurrency_limit', value: limit });
  expect(setting.error).toBeNull();
  const user = await web().user('PREMIUM');
  const course = await web().course(user);
  const answer = await generate(web().app.url, user.accessToken, course.id);
  await web().service.from('settings').delete().eq('key', 'global_concurrency_limit');
  expect(answer.status).toBe(429);
  expect(answer.body).toMatchObject({
    error: 'System at capacity. Please try again in a few minutes.',
    details: { reason: 'global_limit', tier: 'PREMIUM', global_limit: limit, current_global_jobs: limit },
  });
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
});
