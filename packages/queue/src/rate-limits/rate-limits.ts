import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { RedisClient } from '../connections/connections.ts';
import type { Keys } from '../keys.ts';

/** At most `times` tries in `withinS` seconds, counted from the first of them. */
export interface Rate {
  readonly times: number;
  readonly withinS: number;
}

export type RateOutcome = { readonly kind: 'allowed' } | { readonly kind: 'too_many'; readonly retryAfterS: number };

/** Counts tries of somebody (a user, an address) over every process that shares the Redis and the keys. */
export interface RateLimit {
  /** Counts one try. Never throws: while Redis is away each process counts by itself. */
  attempt(who: string): Promise<RateOutcome>;
}

/** A limit on tries that fail. */
export interface FailureLimit extends RateLimit {
  /** The try succeeded: what was counted of them is forgotten. Never throws. */
  forget(who: string): Promise<void>;
}

/**
 * A limit on how often something may be tried. It protects from floods and from guessing; who may have a generation in
 * flight is decided by slots alone.
 */
export function createRateLimit(redis: RedisClient, keys: Keys, name: string, rate: Rate): FailureLimit {
  const options = { keyPrefix: keys.rate(name), points: rate.times, duration: rate.withinS };
  const limiter = new RateLimiterRedis({
    ...options,
    storeClient: redis,
    rejectIfRedisNotReady: true,
    // Blocked ones are answered from memory: a flood costs Redis nothing.
    inMemoryBlockOnConsumed: rate.times + 1,
    insuranceLimiter: new RateLimiterMemory(options),
  });
  return {
    async attempt(who) {
      try {
        await limiter.consume(who);
        return { kind: 'allowed' };
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) return { kind: 'allowed' };
        return { kind: 'too_many', retryAfterS: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)) };
      }
    },
    async forget(who) {
      await limiter.delete(who).catch(() => false);
    },
  };
}
