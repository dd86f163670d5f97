import { createLogger } from '@megacampus/log';
import { closeRedis, createProducerRedis, waitUntilReady } from '../connections/connections.ts';
import { createKeys } from '../keys.ts';
import { createRequestLimiter } from '../request-limiter/request-limiter.ts';

/** A process that takes one place and keeps it until it is killed; its options are JSON in the first argument. */
const { redisUrl, tag, limit, ttlMs } = JSON.parse(process.argv[2] ?? '');
const redis = createProducerRedis(redisUrl, {
  log: createLogger({ name: 'test', level: 'silent' }),
  name: 'limiter-process',
});
await waitUntilReady(redis, 5_000);
const limiter = createRequestLimiter(redis, createKeys(tag), { limit, ttlMs });
await limiter.run(new AbortController().signal, () => new Promise(() => undefined));
await closeRedis(redis);
