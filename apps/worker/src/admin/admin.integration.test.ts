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
