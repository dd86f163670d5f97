import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { startRedis, useStack } from './servers.ts';
import { startTcpProxy } from './tcp-proxy.ts';

test('the stack of the run answers', async () => {
  const stack = useStack();
  const answer = await fetch(`${stack.supabaseUrl}/auth/v1/health`, { headers: { apikey: stack.publishableKey } });
  expect(answer.status).toBe(200);
});

test('a Redis of its own forgets nothing that it should keep, and can be frozen', async () => {
  const server = await startRedis({ keepData: true });
  const redis = new Redis(server.url, { commandTimeout: 500 });
  redis.on('error', () => undefined);
  await redis.set('a', '1');
  server.freeze();
  await expect(redis.get('a')).rejects.toThrow('timed out');
  server.unfreeze();
  expect(await redis.get('a')).toBe('1');
  await server.restart();
  expect(await redis.get('a')).toBe('1');
  redis.disconnect();
  await server.close();
});

test('a proxy delays, swallows, freezes, cuts and restores', async () => {
  const proxy = await startTcpProxy(useStack().redisUrl);
  const direct = new Redis(useStack().redisUrl);
  const redis = new Redis(proxy.url, { commandTimeout: 400, retryStrategy: () => 50, maxRetriesPerRequest: 0 });
  redis.on('error', () => undefined);
  const key = `proxy-${proxy.port}`;
  await redis.set(key, '1');
  proxy.delay(150);
  const before = performance.now();
  await redis.get(key);
  expect(performance.now() - before).toBeGreaterThan(140);
  proxy.dropResponses();
  const swallowed = proxy.swallowed();
  await expect(redis.set(key, '2')).rejects.toThrow('timed out');
  await swallowed;
  expect(await direct.get(key)).toBe('2');
  await proxy.cut();
  await expect(redis.set(key, '3')).rejects.toThrow();
  await proxy.restore();
  await expect.poll(() => redis.get(key).catch(() => null)).toBe('2');
  proxy.freeze();
  await expect(redis.set(key, '4')).rejects.toThrow('timed out');
  expect(await direct.get(key)).toBe('2');
  redis.disconnect();
  direct.disconnect();
  await proxy.close();
});

test('a proxy shows each answer with what was asked, and holds back the one that its watch wants', async () => {
  const proxy = await startTcpProxy(useStack().redisUrl);
  const direct = new Redis(useStack().redisUrl);
  const redis = new Redis(proxy.url, { commandTimeout: 400, retryStrategy: () => 50, maxRetriesPerRequest: 0 });
  redis.on('error', () => undefined);
  const key = `watched-${proxy.port}`;
  await redis.set(key, '1');
  const seen: string[] = [];
  const unwatch = proxy.watchAnswers((asked, answer) => {
    seen.push(answer.trim());
    return asked.includes('second') ? 'hold' : 'pass';
  });
  await redis.set(key, 'first');
  await expect(redis.set(key, 'second')).rejects.toThrow('timed out');
  expect(seen).toEqual(['+OK', '+OK']);
  expect(await direct.get(key)).toBe('second');
  await expect(redis.get(key)).rejects.toThrow('timed out');
  unwatch();
  await proxy.restore();
  await expect.poll(() => redis.get(key).catch(() => null)).toBe('second');
  redis.disconnect();
  direct.disconnect();
  await proxy.close();
});

test('what a proxy has delayed still comes before what it does not delay any more', async () => {
  const proxy = await startTcpProxy(useStack().redisUrl);
  const redis = new Redis(proxy.url);
  await redis.ping('warm');
  let answers = 0;
  proxy.watchAnswers(() => {
    answers += 1;
    return 'pass';
  });
  proxy.delay(500);
  const early = redis.ping('early');
  await expect.poll(() => answers).toBe(1);
  await proxy.restore();
  expect(await Promise.all([early, redis.ping('late')])).toEqual(['early', 'late']);
  redis.disconnect();
  await proxy.close();
});
