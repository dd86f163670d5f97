import { setTimeout as pause } from 'node:timers/promises';
import { startTcpProxy } from '@megacampus/test-kit/tcp-proxy';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { expect, test } from 'vitest';
import { createEngine } from './engine.ts';
import { createLab } from './testing/lab.ts';
import { useOwnStack } from './testing/own-stack.ts';
import { slowEngine } from './testing/slow-engine.ts';

const stack = useOwnStack();

/** Longer than all three attempts with their backoff would last. */
const OUTAGE_MS = 6_000;

const WAYS = [
  { way: 'straight', target: () => stack().databaseUrl, at: (url: string) => ({ databaseUrl: url }) },
  {
    way: 'through the REST API',
    target: () => stack().supabaseUrl,
    at: (url: string) => ({ supabaseUrl: url, databaseUrl: null }),
  },
];

test.for(WAYS)(
  'an outage of the database, asked $way, in the middle of a stage uses up no attempt, and the course is completed',
  async ({ target, at }) => {
    await using lab = await createLab(stack());
    const proxy = await startTcpProxy(target());
    try {
      const outline = Promise.withResolvers<void>();
      const engine = slowEngine(await createEngine(), {
        delaysMs: { outline: 300 },
        onCall: (call) => call === 'outline' && outline.resolve(),
      });
      await lab.startWorker({ env: { ...lab.env, ...at(proxy.url) }, engine });
      const { generationId } = await lab.admit({ brief: { title: 'Без базы', estimated_lessons: 2 } });
      await outline.promise;
      await proxy.cut();
      await pause(OUTAGE_MS);
      await proxy.restore();
      await lab.reaches(generationId, 'completed');
      const job = await lab.deps.queue.bull.getJob(`${generationId}.structure_generation`);
      expect(job?.attemptsMade).toBe(1);
      expect(job?.attemptsStarted).toBeGreaterThan(1);
      const told = JSON.stringify([
        lab.logLines,
        await lab.deps.queue.bull.getJobLogs(String(job?.id)),
        job?.stacktrace,
      ]);
      expect(told).toContain('ECONN');
      expect(told).not.toContain(stack().serviceKey);
      expect(told).not.toContain(`:${new URL(stack().databaseUrl).password}@`);
    } finally {
      await proxy.close();
    }
  },
);

test('a job that meets a database that is away keeps its slot, and runs when it is back', async () => {
  await using lab = await createLab(stack());
  const proxy = await startTcpProxy(stack().databaseUrl);
  try {
    await lab.startWorker({ env: { ...lab.env, databaseUrl: proxy.url } });
    await proxy.cut();
    const { course, generationId } = await lab.admit({ brief: { title: 'Слот ждёт', estimated_lessons: 2 } });
    const renewedAtMs = async () => (await lab.deps.slots.get(course.id))?.renewedAtMs ?? 0;
    const first = await renewedAtMs();
    await expect.poll(renewedAtMs, { timeout: 20_000 }).toBeGreaterThan(first);
    await proxy.restore();
    await lab.reaches(generationId, 'completed');
  } finally {
    await proxy.close();
  }
});

test('an outage of Redis while lessons are written is survived, and every lesson is written', {
  timeout: 60_000,
}, async ({ annotate }) => {
  await using lab = await createLab(stack());
  const proxy = await startTcpProxy(stack().redisUrl);
  try {
    let lessons = 0;
    const engine = slowEngine(await createEngine(), {
      delaysMs: { lesson: 300 },
      onCall: (call) => {
        if (call === 'lesson') lessons += 1;
      },
    });
    const worker = await lab.startWorker({ env: { ...lab.env, redisUrl: proxy.url }, engine });
    const { generationId } = await lab.admit({ brief: { title: 'Без очереди', estimated_lessons: 6 } });
    await waitFor(() => lessons >= 2);
    await proxy.cut();
    const ready = await fetch(`http://127.0.0.1:${worker.adminPort}/readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ ready: false, checks: { redis: false, database: true } });
    await pause(OUTAGE_MS);
    await proxy.restore();
    const restoredAt = performance.now();
    await lab.reaches(generationId, 'completed', 25_000);
    await annotate(`completed ${Math.round(performance.now() - restoredAt)} ms after Redis was back`);
    const state = await lab.deps.store.loadGeneration(generationId);
    expect(state?.lessons.every((lesson) => lesson.status === 'completed')).toBe(true);
  } finally {
    await proxy.close();
  }
});
