import { createBoardAccess } from '@megacampus/queue/board-access';
import { createKeys } from '@megacampus/queue/keys';
import { clientFor, signUp } from '@megacampus/test-kit/users';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { expect, test } from 'vitest';
import { createLab, TEST_ADMIN } from '../testing/lab.ts';
import { useOwnStack } from '../testing/own-stack.ts';

const stack = useOwnStack();

const basic = (user: string, password: string) => ({ authorization: `Basic ${btoa(`${user}:${password}`)}` });
const signedIn = basic(TEST_ADMIN.user, TEST_ADMIN.password);

test('Bull Board is shown to the admin and to nobody else, with everything it loads', async () => {
  await using lab = await createLab(stack());
  const worker = await lab.startWorker();
  const base = `http://127.0.0.1:${worker.adminPort}/admin/queues`;

  for (const path of ['', '/', '/api/queues', '/static/images/logo.svg', '/queue/course-generation']) {
    expect((await fetch(base + path)).status, path).toBe(401);
    expect((await fetch(base + path, { headers: basic(TEST_ADMIN.user, 'guess') })).status, path).toBe(401);
    expect((await fetch(base + path, { headers: basic('root', TEST_ADMIN.password) })).status, path).toBe(401);
  }

  expect((await fetch(`http://127.0.0.1:${worker.adminPort}/`, { headers: signedIn })).url).toBe(base);
  const page = await fetch(base, { headers: signedIn });
  expect(page.status).toBe(200);
  const html = await page.text();
  const assets = [...html.matchAll(/(?:src|href)="(static\/[^"]+)"/g)].map((match) => match[1]);
  expect(assets.length).toBeGreaterThan(3);
  for (const asset of assets) {
    const response = await fetch(`${base}/${asset}`, { headers: signedIn });
    expect(response.status, asset).toBe(200);
    expect((await response.arrayBuffer()).byteLength, asset).toBeGreaterThan(0);
  }
  const queues = await fetch(`${base}/api/queues`, { headers: signedIn });
  expect(JSON.stringify(await queues.json())).toContain('course-generation');
});

interface Listed {
  readonly queues: readonly { readonly jobs: readonly { readonly id: string }[] }[];
}

test('Bull Board shows what waits in the order in which it will be served, and the log of a job', async () => {
  await using lab = await createLab(stack());
  const free = await lab.admit({ tier: 'FREE' });
  const premium = await lab.admit({ tier: 'PREMIUM' });
  const ran = await lab.deps.queue.bull.getJob(free.generationId);
  await ran?.log('a line of the job');
  await lab.deps.queue.bull.pause();
  const worker = await lab.startWorker();
  const api = `http://127.0.0.1:${worker.adminPort}/admin/queues/api/queues`;
  const ask = async <T>(path: string) => (await (await fetch(api + path, { headers: signedIn })).json()) as T;
  const { queues } = await ask<Listed>('?activeQueue=course-generation&status=prioritized&page=1&jobsPerPage=10');
  expect(queues[0]?.jobs.map(({ id }) => id)).toEqual([premium.generationId, free.generationId]);
  expect(await ask(`/course-generation/${free.generationId}/logs`)).toEqual(['a line of the job']);
});

test('whoever gives wrong passwords again and again is refused for a while, the right one too', async () => {
  await using lab = await createLab(stack());
  const worker = await lab.startWorker();
  const url = `http://127.0.0.1:${worker.adminPort}/admin/queues/api/queues`;
  const status = async (headers: Record<string, string>) => (await fetch(url, { headers })).status;
  for (let tries = 0; tries < 60; tries += 1) expect(await status(signedIn)).toBe(200);
  for (let tries = 0; tries < 50; tries += 1) expect(await status(basic(TEST_ADMIN.user, `guess ${tries}`))).toBe(401);
  const refused = await fetch(url, { headers: signedIn });
  expect([refused.status, Number(refused.headers.get('retry-after')) > 0]).toEqual([429, true]);
});

test('a request that another site makes in the name of the admin is refused', async () => {
  await using lab = await createLab(stack());
  const worker = await lab.startWorker();
  const url = `http://127.0.0.1:${worker.adminPort}/admin/queues/api/queues/course-generation/pause`;
  const foreign = { ...signedIn, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
  expect((await fetch(url, { method: 'PUT', headers: foreign })).status).toBe(403);
});

test('without credentials in the configuration there is no Bull Board, and the log says so', async () => {
  await using lab = await createLab(stack());
  const worker = await lab.startWorker({ env: { ...lab.env, admin: { port: 0, credentials: null } } });
  const response = await fetch(`http://127.0.0.1:${worker.adminPort}/admin/queues`, { headers: signedIn });
  expect(response.status).toBe(404);
  expect(lab.logLines.some((line) => String(line['msg']).startsWith('Bull Board is off'))).toBe(true);
});

test('health and readiness answer, and the heartbeat shows a live worker until it leaves', async () => {
  await using lab = await createLab(stack());
  const worker = await lab.startWorker();
  const base = `http://127.0.0.1:${worker.adminPort}`;
  expect((await fetch(`${base}/healthz`)).status).toBe(200);
  const ready = await fetch(`${base}/readyz`);
  expect(ready.status).toBe(200);
  expect(await ready.json()).toEqual({ ready: true, checks: { redis: true, database: true, queue: true } });
  await waitFor(async () => (await lab.deps.heartbeat.liveWorkers()) === 1);
  await worker.stop();
  expect(await lab.deps.heartbeat.liveWorkers()).toBe(0);
});

test('the metrics tell what ran, what waits, the slots and the lag of the event loop', async () => {
  await using lab = await createLab(stack());
  const worker = await lab.startWorker();
  const { generationId } = await lab.admit({ brief: { title: 'Измеренный', estimated_lessons: 2 } });
  await lab.reaches(generationId, 'completed');
  const scrape = async () => (await fetch(`http://127.0.0.1:${worker.adminPort}/metrics`)).text();
  await waitFor(async () => (await scrape()).includes('stage="finalization",outcome="completed"} 1'));
  const body = await scrape();
  expect(body).toContain('megacampus_jobs_total{stage="structure_analysis",outcome="completed"} 1');
  expect(body).toMatch(/megacampus_job_duration_seconds_count\{stage="text_generation"\} [1-9]/);
  expect(body).toMatch(/megacampus_job_wait_seconds_count\{tier="[A-Z]+"\} [1-9]/);
  expect(body).toContain('megacampus_queue_jobs{state="waiting"} 0');
  expect(body).toContain('megacampus_slots_held 0');
  expect(body).toContain('megacampus_slots_limit 50');
  expect(body).toContain('megacampus_reconciler_repairs_total');
  expect(body).toContain('nodejs_eventloop_lag_p99_seconds');
});

/** What the web app does for an admin, and what the worker answers. */
async function exchange(base: string, ticket: string, job = '') {
  return fetch(`${base}/sign-in?${new URLSearchParams({ ticket, job })}`, { redirect: 'manual' });
}
const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? '';

test('a ticket of an admin opens Bull Board once, in a session that ends with their role', async () => {
  const admin = await signUp(stack(), 'FREE', { role: 'admin' });
  await using lab = await createLab(stack());
  const worker = await lab.startWorker();
  const base = `http://127.0.0.1:${worker.adminPort}/admin/queues`;
  const ticket = await lab.deps.boardAccess.issueTicket(admin.userId);

  const signedInNow = await exchange(base, ticket, 'course-gen-abc');
  expect(signedInNow.status).toBe(200);
  expect(await signedInNow.text()).toContain('url=/admin/queues/queue/course-generation/course-gen-abc"');
  expect(signedInNow.headers.get('set-cookie')).toMatch(
    /Max-Age=1800; Path=\/admin\/queues; HttpOnly; SameSite=Strict/,
  );
  const headers = { cookie: cookieOf(signedInNow) };
  expect((await fetch(`${base}/api/queues`, { headers })).status).toBe(200);
  const foreign = { ...headers, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
  const pause = `${base}/api/queues/course-generation/pause`;
  expect((await fetch(pause, { method: 'PUT', headers: foreign })).status).toBe(403);

  expect((await exchange(base, ticket)).status).toBe(403);
  await clientFor(stack(), stack().serviceKey).from('user_profiles').update({ role: 'user' }).eq('id', admin.userId);
  expect((await fetch(`${base}/api/queues`, { headers })).status).toBe(401);
  expect((await fetch(`${base}/api/queues`, { headers: signedIn })).status).toBe(200);
});

test('a ticket that is forged, late, for something else or of somebody who is no admin opens nothing', async () => {
  const [admin, user] = await Promise.all([signUp(stack(), 'FREE', { role: 'admin' }), signUp(stack(), 'FREE')]);
  await using lab = await createLab(stack());
  const worker = await lab.startWorker();
  const base = `http://127.0.0.1:${worker.adminPort}/admin/queues`;
  const { boardAccess, producer } = lab.deps;
  const others = createBoardAccess(producer, createKeys('{other}'), 'another secret of somebody else');
  const session = await boardAccess.issueSession(admin.userId);
  const good = await boardAccess.issueTicket(admin.userId);
  const [head, , signature] = good.split('.');
  const claims = JSON.parse(atob(good.split('.')[1] ?? '')) as object;
  const changed = btoa(JSON.stringify({ ...claims, sub: user.userId })).replaceAll('=', '');
  const unsigned = btoa(JSON.stringify({ alg: 'none' })).replaceAll('=', '');
  const bad = {
    'none at all': '',
    'no ticket': 'x.y.z',
    'another secret': await others.issueTicket(admin.userId),
    'a session in place of a ticket': session,
    'a changed user': `${head}.${changed}.${signature}`,
    'no signature': `${unsigned}.${good.split('.')[1]}.`,
    'no admin': await boardAccess.issueTicket(user.userId),
  };
  for (const [what, ticket] of Object.entries(bad)) {
    const response = await exchange(base, ticket);
    expect(response.status, what).toBe(403);
    expect(response.headers.get('set-cookie'), what).toBeNull();
  }
  for (const cookie of [good, await boardAccess.issueSession(user.userId), 'x']) {
    const headers = { cookie: `megacampus_board=${cookie}` };
    expect((await fetch(`${base}/api/queues`, { headers })).status).toBe(401);
  }
  expect((await fetch(`${base}/api/queues`, { headers: { cookie: `megacampus_board=${session}` } })).status).toBe(200);
  const target = await (await exchange(base, good, '../../evil"><script>')).text();
  expect(target).toContain('url=/admin/queues"');
});

test('the worker tells what it knows of the model, and is gone from the overview when it has left', async () => {
  await using lab = await createLab(stack());
  const worker = await lab.startWorker();
  await waitFor(async () => (await lab.deps.insight.overview()).workers[0]?.model != null);
  const [seen] = (await lab.deps.insight.overview()).workers;
  expect(seen).toMatchObject({ id: worker.workerId, model: { model: null, breaker: 'closed', errors: [] } });
  await worker.stop();
  expect((await lab.deps.insight.overview()).workers).toEqual([]);
});
