import type { RedisClient } from './connections/connections.ts';
import type { Keys } from './keys.ts';

/** Redis's clock in ms. Asked with a key, so that on a cluster it is the clock of the node that keeps the leases. */
export async function redisNowMs(redis: RedisClient, keys: Keys): Promise<number> {
  const reply = await redis.eval("return redis.call('TIME')", 1, keys.slots);
  const [seconds, micros] = reply as [string, string];
  return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
}
