import { cancelGeneration } from '@megacampus/orchestrator/cancel-generation';
import { startRedisCluster } from '@megacampus/test-kit/redis-cluster';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { expect, onTestFinished, test } from 'vitest';
import { createLab } from './testing/lab.ts';
import { useOwnStack } from './testing/own-stack.ts';

const stack = useOwnStack();

test('a whole generation runs on a Redis Cluster of three nodes, and a cancel reaches its worker', {
  timeout: 120_000,
}, async () => {
  const cluster = await startRedisCluster();
  onTestFinished(() => cluster.close());
  await using lab = await createLab({ ...stack(), redisUrl: cluster.url });
  const slow = await lab.spawnWorker({ analyze: 60_000 });
  const cancelled = await lab.admit({ brief: { title: 'To be cancelled' } });
  await slow.saw('call', 'analyze');
  await cancelGeneration(lab.deps, {
    courseId: cancelled.course.id,
    generationId: cancelled.generationId,
    userId: cancelled.user.userId,
  });
  await slow.saw('stopped', 'analyze');
  await slow.kill();

  const { generationId } = await lab.admit({ brief: { title: 'On a cluster', language: 'en', estimated_lessons: 3 } });
  await lab.startWorker();
  await lab.reaches(generationId, 'completed', 45_000);
  await waitFor(async () => (await lab.deps.slots.list()).length === 0, { what: 'the slots to be free' });
  // One hash tag: everything lives in one slot, so that scripts may span keys.
  expect((await cluster.keyCounts()).filter((keys) => keys > 0)).toHaveLength(1);
});
