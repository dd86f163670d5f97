import { randomUUID } from 'node:crypto';
import { createLogger } from '@megacampus/log';
import { closeRedis, createProducerRedis, waitUntilReady } from '@megacampus/queue/connections';
import { createKeys } from '@megacampus/queue/keys';
import { createReconcilerLock, type ReconcilerLock } from '@megacampus/queue/signals';
import { useStack } from '@megacampus/test-kit/servers';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startLeadership } from './leadership.ts';

const log = createLogger({ name: 'test', level: 'silent' });
const TTL_MS = 400;
let redis: ReturnType<typeof createProducerRedis>;
let lock: ReconcilerLock;

beforeAll(async () => {
  redis = createProducerRedis(useStack().redisUrl, { log, name: 'test' });
  await waitUntilReady(redis, 5_000);
});
beforeEach(() => {
  lock = createReconcilerLock(redis, createKeys(`{test-${randomUUID()}}`));
});
afterAll(() => closeRedis(redis));

const lead = (workerId: string, over: ReconcilerLock = lock) =>
  startLeadership({ lock: over, workerId, ttlMs: TTL_MS, log });

test('one leads, the other takes over at once when it stops', async () => {
  const first = lead('a');
  const term = await waitFor(() => first.term());
  const second = lead('b');
  await waitFor(() => first.term() !== null && second.term() === null);
  await first.stop();
  expect(term.aborted).toBe(true);
  expect(first.term()).toBeNull();
  await waitFor(() => second.term(), { timeoutMs: TTL_MS });
  await second.stop();
});

test('a leader that dies without a word is replaced after the time its lock lives', async () => {
  expect(await lock.hold('dead', TTL_MS)).toBe(true);
  const heir = lead('heir');
  expect(heir.term()).toBeNull();
  await waitFor(() => heir.term(), { timeoutMs: 3 * TTL_MS });
  await heir.stop();
});

test('a leader whose Redis does not answer ends its term when the lock has run out', async () => {
  let down = false;
  const leader = lead('a', {
    ...lock,
    hold: (...args) => (down ? Promise.reject(new Error('down')) : lock.hold(...args)),
  });
  const term = await waitFor(() => leader.term());
  down = true;
  await waitFor(() => leader.term() === null && term.aborted, { timeoutMs: 3 * TTL_MS });
  expect(await lock.hold('b', TTL_MS)).toBe(true);
  await leader.stop();
  expect(await lock.hold('b', TTL_MS)).toBe(true);
});
