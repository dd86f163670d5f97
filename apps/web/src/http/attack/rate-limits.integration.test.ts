import { createKeys } from '@megacampus/queue/keys';
import { startWeb } from '@megacampus/test-kit/apps';
import type { TestUser } from '@megacampus/test-kit/users';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { callApi } from '../../../testing/call-api.ts';
import { runOwnWeb } from '../../../testing/run-web.ts';
import { callAction, formBody } from '../../../testing/server-actions.ts';
import { sessionCookie } from '../../../testing/session-cookie.ts';

/** How often anybody may try, whatever address they claim to come from. Numbers: src/http/rate-limits.ts. */
const web = runOwnWeb();

/** A claim of another address with every request. */
let claims = 0;
function claimed(): Record<string, string> {
  claims += 1;
  const address = `198.51.${Math.floor(claims / 250) % 250}.${claims % 250}`;
  return { 'x-forwarded-for': address, 'x-real-ip': address, forwarded: `for=${address}`, 'cf-connecting-ip': address };
}

async function inTens<T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let from = 0; from < count; from += 10) {
    const indexes = Array.from({ length: Math.min(10, count - from) }, (_, index) => from + index);
    results.push(...(await Promise.all(indexes.map(work))));
  }
  return results;
}

const TOO_MANY = /Слишком много попыток/;

async function signIn(email: string, password: string) {
  const headers = { origin: web().app.url, ...claimed() };
  return callAction(web().app, 'signIn', { path: '/sign-in', headers, body: formBody({ email, password }) });
}

test('a password is not found by trying: after ten tries at an address of e-mail not even the right one helps', async () => {
  const [victim, other] = [await web().user(), await web().user()];
  for (let round = 0; round < 10; round += 1) {
    const email = round % 2 ? victim.email.toUpperCase() : ` ${victim.email}`;
    expect((await signIn(email, `guess-${round}`)).text).not.toMatch(TOO_MANY);
  }
  const right = await signIn(victim.email, victim.password);
  expect(right.text).toMatch(TOO_MANY);
  expect(right.headers.getSetCookie()).toEqual([]);
  expect((await signIn(other.email, other.password)).headers.getSetCookie()).not.toEqual([]);
});

test('one address tries at most a hundred sign-ins, whoever it tries to be', async () => {
  const answers = await inTens(110, (index) => signIn(`nobody-${index}@test.megacampus.test`, 'guess'));
  expect(answers.some(({ text }) => TOO_MANY.test(text))).toBe(true);
  const user = await web().user();
  expect((await signIn(user.email, user.password)).text).toMatch(TOO_MANY);
});

test('new accounts from one address are bounded', async () => {
  const answers = await inTens(52, (index) =>
    callAction(web().app, 'signUp', {
      path: '/sign-up',
      headers: { origin: web().app.url, ...claimed() },
      body: formBody({ email: `new-${index}@test.megacampus.test`, password: 'correct-horse' }),
    }),
  );
  expect(answers.filter(({ text }) => TOO_MANY.test(text))).toHaveLength(2);
});

async function upload(user: TestUser, times: number) {
  const cookie = await sessionCookie(web().stack, user);
  // Refused for what it is where it is not refused for its number.
  const body = JSON.stringify([crypto.randomUUID(), { name: 'a.exe', size: 1 }]);
  const answers = await inTens(times, () =>
    callAction(web().app, 'beginUpload', {
      path: '/courses/new',
      headers: { cookie, origin: web().app.url, ...claimed() },
      body,
    }),
  );
  return answers.filter(({ text }) => text.includes('"errorTooMany"')).length;
}

test('uploads are bounded by user, and by address over its users', { timeout: 240_000 }, async () => {
  expect(await upload(await web().user('PREMIUM'), 205)).toBe(5);
  // Five were refused above, but came from the same address all the same.
  const redis = new Redis(web().stack.redisUrl);
  const counter = `${createKeys().rate('uploadFromAddress')}:127.0.0.1`;
  expect(await redis.get(counter)).toBe('205');
  // As three more users would, with 200 each.
  await redis.incrby(counter, 600);
  await redis.quit();
  expect(await upload(await web().user('PREMIUM'), 200)).toBe(5);
});

test('guesses of tokens from one address are bounded, whichever address it claims', async () => {
  const guess = () =>
    callApi(web().app.url, 'POST', '/api/coursegen/generate', {
      token: 'eyJhbGciOiJIUzI1NiJ9.e30.Z3Vlc3M',
      headers: claimed(),
      body: { courseId: crypto.randomUUID() },
    });
  const answers = await inTens(610, guess);
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(600);
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(10);
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('behind a proxy each client counts by the address that the proxy saw, of IPv6 by its network', async () => {
  const behind = await startWeb(web().stack, { env: { TRUSTED_PROXIES: '1' } });
  onTestFinished(() => behind.stop());
  const from = (address: string) =>
    callApi(behind.url, 'POST', '/api/coursegen/generate', {
      token: 'eyJhbGciOiJIUzI1NiJ9.e30.Z3Vlc3M',
      headers: { 'x-forwarded-for': address },
      body: { courseId: crypto.randomUUID() },
    });
  const attacker = (index: number) => `6.6.6.${index % 250}, 2001:db8:1:2:${index.toString(16)}::1`;
  // Each has another address of one network. Twice the limit and some: on a slow machine a minute may end among them.
  let refused = false;
  for (let start = 0; start < 1_210 && !refused; start += 110) {
    const answers = await inTens(110, (index) => from(attacker(start + index)));
    refused = answers.some(({ status }) => status === 429);
  }
  expect(refused).toBe(true);
  expect((await from('2001:db8:1:3::9')).status).toBe(401);
  expect((await from('6.6.6.6, 203.0.113.7')).status).toBe(401);
});
