import { startRedis } from '@megacampus/test-kit/servers';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { expect, test } from 'vitest';
import { createLab } from './testing/lab.ts';
import { useOwnStack } from './testing/own-stack.ts';

const stack = useOwnStack();

test('a worker started before its Redis waits for it, alive but not ready, and then works', async () => {
  const redis = await startRedis();
  try {
    await using lab = await createLab({ ...stack(), redisUrl: redis.url });
    await redis.stop();
    const starting = lab.startWorker();
    const waiting = await waitFor(() =>
      lab.logLines.find((line) => String(line['msg']).startsWith('server does not answer yet')),
    );
    expect(waiting['server']).toBe('redis');
    await redis.restart();
    const worker = await starting;
    await waitFor(async () => (await fetch(`http://127.0.0.1:${worker.adminPort}/readyz`)).ok);
    const { generationId } = await lab.admit({ brief: { title: 'После ожидания', estimated_lessons: 1 } });
    await lab.reaches(generationId, 'completed');
  } finally {
    await redis.close();
  }
});

test('a Redis that may drop keys is reported at the start', async () => {
  await using lab = await createLab(stack());
  const policy = (name: string) => lab.deps.producer.config('SET', 'maxmemory-policy', name);
  await policy('allkeys-lru');
  await lab.startWorker();
  await policy('noeviction');
  const reported = lab.logLines.find((line) => String(line['msg']).startsWith('Redis may drop our data'));
  expect(reported).toMatchObject({ level: 'error', policy: 'allkeys-lru' });
});
