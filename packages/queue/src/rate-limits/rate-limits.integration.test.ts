import { startRedis } from '@megacampus/test-kit/servers';
import { expect, it, onTestFinished } from 'vitest';
import { closeRedis, createProducerRedis, waitUntilReady } from '../connections/connections.ts';
import { connectForTest, silentLog, testKeys } from '../testing/fixtures.ts';
import { createRateLimit } from './rate-limits.ts';

const redis = connectForTest();
const RATE = { times: 5, withinS: 600 };

const kinds = async (tries: Promise<{ kind: string }>[]) => (await Promise.all(tries)).map(({ kind }) => kind).sort();

it('allows exactly as many tries as the rate says, over two processes at once', async () => {
  const keys = testKeys();
  const [one, two] = [createRateLimit(redis, keys, 'x', RATE), createRateLimit(redis, keys, 'x', RATE)];
  const outcomes = await kinds(Array.from({ length: 20 }, (_, index) => (index % 2 ? one : two).attempt('somebody')));
  expect(outcomes).toEqual([...Array(5).fill('allowed'), ...Array(15).fill('too_many')]);
});

it('counts each by themselves, and each kind of try by itself', async () => {
  const keys = testKeys();
  const limit = createRateLimit(redis, keys, 'x', { times: 1, withinS: 600 });
  await limit.attempt('one');
  expect(await limit.attempt('other')).toEqual({ kind: 'allowed' });
  expect(await createRateLimit(redis, keys, 'y', RATE).attempt('one')).toEqual({ kind: 'allowed' });
});

it('says after how many seconds another try makes sense, and keeps no counter for ever', async () => {
  const keys = testKeys();
  const limit = createRateLimit(redis, keys, 'x', { times: 1, withinS: 600 });
  await limit.attempt('one');
  const refused = await limit.attempt('one');
  expect(refused).toEqual({ kind: 'too_many', retryAfterS: expect.any(Number) });
  expect('retryAfterS' in refused && refused.retryAfterS).toSatisfy((seconds: number) => seconds > 0 && seconds <= 600);
  const names = await redis.keys(`${keys.rate('x')}*`);
  expect(names).toHaveLength(1);
  expect(await redis.pttl(names[0] ?? '')).toBeGreaterThan(0);
});

it('goes on counting in the process while Redis is away', async () => {
  const server = await startRedis();
  const other = createProducerRedis(server.url, { log: silentLog, name: 'test' });
  onTestFinished(async () => {
    await closeRedis(other);
    await server.stop();
  });
  await waitUntilReady(other, 10_000);
  const limit = createRateLimit(other, testKeys(), 'x', { times: 2, withinS: 600 });
  await limit.attempt('one');
  await server.stop();
  const outcomes = [];
  for (let index = 0; index < 4; index += 1) outcomes.push((await limit.attempt('one')).kind);
  expect(outcomes).toEqual(['allowed', 'allowed', 'too_many', 'too_many']);
});
