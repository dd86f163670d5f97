import { deleteUser, type TestUser } from '@megacampus/test-kit/users';
import { SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, test } from 'vitest';
import { type ApiCall, callApi } from '../../../testing/call-api.ts';
import { runWeb } from '../../../testing/run-web.ts';
import { sessionCookie } from '../../../testing/session-cookie.ts';

const web = runWeb();

async function someone() {
  const user = await web().user();
  return { user, course: await web().course(user) };
}

function post(courseId: string, call: ApiCall) {
  return callApi(web().app.url, 'POST', '/api/coursegen/generate', { body: { courseId }, ...call });
}

function hs256(user: TestUser, { secret = web().stack.jwtSecret, expires = '1h' } = {}) {
  return new SignJWT({ sub: user.userId, role: 'authenticated', aud: 'authenticated' })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(expires)
    .sign(new TextEncoder().encode(secret));
}

describe('401 with the text of the contract, for a course that is the claimed user’s own', () => {
  test.each([
    ['no token', async () => ({})],
    ['an empty bearer', async () => ({ headers: { authorization: 'Bearer' } })],
    ['nonsense', async () => ({ token: 'nonsense' })],
    ['a forged token', async (user: TestUser) => ({ token: await hs256(user, { secret: 'f'.repeat(40) }) })],
    ['an expired token', async (user: TestUser) => ({ token: await hs256(user, { expires: '-10m' }) })],
    [
      'algorithm none',
      async (user: TestUser) => ({
        token: new UnsecuredJWT({ sub: user.userId, role: 'authenticated', aud: 'authenticated' })
          .setExpirationTime('1h')
          .encode(),
      }),
    ],
    ['the publishable key', async () => ({ token: web().stack.publishableKey })],
    ['the service key', async () => ({ token: web().stack.serviceKey })],
    ['a cookie that is none of ours', async () => ({ headers: { cookie: 'megacampus-session=base64-e30' } })],
  ])('%s', async (_, credentials) => {
    const { user, course } = await someone();
    const answer = await post(course.id, await credentials(user));
    expect(answer.status).toBe(401);
    expect(answer.body.error).toBe('Unauthorized: Invalid or missing authentication token');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });
});

test('a token that the auth server would have made is good', async () => {
  const { user, course } = await someone();
  expect((await post(course.id, { token: await hs256(user) })).status).toBe(200);
});

test('the cookie of our own page is good, also with a foreign kind of Authorization before it', async () => {
  const { user, course } = await someone();
  const cookie = await sessionCookie(web().stack, user);
  const own = { cookie, origin: web().app.url };
  expect((await post(course.id, { headers: own })).status).toBe(200);
  const basic = { ...own, authorization: 'Basic c3RhZ2luZzpzdGFnaW5n' };
  expect((await post(course.id, { headers: basic })).status).toBe(200);
});

test.each([
  ['another origin', { origin: 'https://evil.test' }],
  ['a sandboxed frame', { origin: 'null' }],
  ['another site', { 'sec-fetch-site': 'cross-site' }],
  ['nowhere', {}],
])('403: the cookie with a request from %s', async (_, headers) => {
  const { user, course } = await someone();
  const answer = await post(course.id, { headers: { cookie: await sessionCookie(web().stack, user), ...headers } });
  expect([answer.status, answer.body.error]).toEqual([403, 'Forbidden: Cross-origin requests must use a bearer token']);
  const rows = await web().service.from('generations').select('id').eq('course_id', course.id);
  expect(rows.data).toEqual([]);
});

test('a bad bearer never falls back to a good cookie', async () => {
  const { user, course } = await someone();
  const headers = { cookie: await sessionCookie(web().stack, user), origin: web().app.url };
  expect((await post(course.id, { token: 'bad', headers })).status).toBe(401);
  expect((await post(course.id, { headers: { ...headers, authorization: 'Bearer ' } })).status).toBe(401);
});

test('an expired session is renewed on the way, and the new cookie sent back', async () => {
  const { user, course } = await someone();
  const headers = { cookie: await sessionCookie(web().stack, user, { expired: true }), origin: web().app.url };
  const answer = await post(course.id, { headers });
  expect(answer.status).toBe(200);
  expect(answer.headers.getSetCookie().join()).toMatch(/^megacampus-session(\.0)?=base64-.*; Path=\/.*SameSite=lax/i);
});

test('503, not 401: an expired session while the auth server is out of reach', async () => {
  const { user, course } = await someone();
  const headers = { cookie: await sessionCookie(web().stack, user, { expired: true }), origin: web().app.url };
  for (const fail of [() => web().supabase.freeze(), () => web().supabase.cut()]) {
    await fail();
    const answer = await post(course.id, { headers });
    await web().supabase.restore();
    expect(answer.status).toBe(503);
    expect(answer.tookMs).toBeLessThan(5_000);
  }
});

test('the token of a deleted user finds nothing: their courses are gone with them', async () => {
  const { user, course } = await someone();
  await deleteUser(web().stack, user);
  expect((await post(course.id, { token: user.accessToken })).status).toBe(404);
});
