import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { callApi, generate } from '../../../testing/call-api.ts';
import { runOwnWeb } from '../../../testing/run-web.ts';

/** What somebody with bad intentions sends, with a valid account or without one. */
const web = runOwnWeb();

test('a flood of one user is refused with Retry-After, and does not touch anybody else', async () => {
  const [flooder, other] = [await web().user('PREMIUM'), await web().user('PREMIUM')];
  const nowhere = crypto.randomUUID();
  const statuses: number[] = [];
  for (let round = 0; round < 14; round += 1) {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => generate(web().app.url, flooder.accessToken, nowhere)),
    );
    statuses.push(...answers.map(({ status }) => status));
  }
  expect(statuses.filter((status) => status === 404)).toHaveLength(120);
  expect(statuses.filter((status) => status === 429)).toHaveLength(20);
  const refused = await generate(web().app.url, flooder.accessToken, nowhere);
  expect([refused.status, refused.body.error]).toEqual([429, 'Too many requests']);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await generate(web().app.url, other.accessToken, nowhere)).status).toBe(404);
});

test('JSON that is deep, or names a key twice, does nothing that its last reading does not say', async () => {
  const [mine, theirs] = [await web().user('PREMIUM'), await web().user('PREMIUM')];
  const [own, foreign] = [await web().course(mine), await web().course(theirs)];
  const token = mine.accessToken;
  const send = (body: string) => callApi(web().app.url, 'POST', '/api/coursegen/generate', { token, body });

  for (const deep of ['['.repeat(16_000), `{"courseId":${'{"a":'.repeat(2_000)}1${'}'.repeat(2_000)}}`]) {
    expect((await send(deep)).status).toBe(400);
  }
  expect((await send(`{"courseId":"${own.id}","courseId":"${foreign.id}"}`)).status).toBe(403);
  expect((await send(`{"__proto__":{"courseId":"${own.id}"}}`)).status).toBe(400);
  const { count } = await web().service.from('generations').select('*', { count: 'exact', head: true });
  expect(count).toBe(0);
});

test('headers cannot make the server speak of another host, and too large ones are refused', async () => {
  const user = await web().user();
  const headers = { 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'https', 'x-forwarded-for': '6.6.6.6' };
  const page = await fetch(`${web().app.url}/courses`, { headers, redirect: 'manual' });
  expect(page.headers.get('location') ?? '').not.toContain('evil.test');
  expect(await page.text()).not.toContain('evil.test');
  // Not the cookie of another origin's page either, whatever the host is said to be.
  const cross = await callApi(web().app.url, 'POST', '/api/coursegen/generate', {
    headers: { ...headers, origin: 'https://evil.test', cookie: 'sb-127-auth-token=x' },
    body: { courseId: crypto.randomUUID() },
  });
  expect([401, 403]).toContain(cross.status);
  const large = await fetch(`${web().app.url}/api/health`, { headers: { 'x-large': 'a'.repeat(40_000) } });
  expect(large.status).toBe(431);
  expect((await generate(web().app.url, user.accessToken, crypto.randomUUID())).status).toBe(404);
});

test('clients that send their headers a letter at a time hold nobody up', async () => {
  const { hostname, port } = new URL(web().app.url);
  const sockets = Array.from({ length: 100 }, () => connect(Number(port), hostname));
  for (const socket of sockets) socket.on('error', () => {});
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
  });
  for (const letter of 'POST /api') {
    for (const socket of sockets) socket.write(letter);
    await pause(10);
  }
  const user = await web().user();
  const course = await web().course(user);
  const answer = await generate(web().app.url, user.accessToken, course.id);
  expect(answer.status).toBe(200);
  expect(answer.tookMs).toBeLessThan(5_000);
});
