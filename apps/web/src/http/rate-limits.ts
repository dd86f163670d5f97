import type { RedisClient } from '@megacampus/queue/connections';
import type { Keys } from '@megacampus/queue/keys';
import { createRateLimit, type Rate, type RateLimit } from '@megacampus/queue/rate-limits';
import { type Refusal, refuse } from './refusal.ts';

/**
 * How often somebody may try. Generous for people, also for a class behind one address; tight for programs that guess
 * or flood. RATE_LIMIT_FACTOR multiplies them all.
 */
const RATES = {
  /** POST generate, by user. */
  generate: { times: 120, withinS: 60 },
  /** POST generate, by address, before anybody is known: what guessing tokens costs us is bounded. */
  generateFromAddress: { times: 600, withinS: 60 },
  /** By e-mail: a password is not found by trying. */
  signIn: { times: 10, withinS: 300 },
  signInFromAddress: { times: 100, withinS: 300 },
  signUpFromAddress: { times: 50, withinS: 3600 },
  /** Mails with a link for a new password, by e-mail: nobody's mailbox is filled. */
  passwordLink: { times: 5, withinS: 3600 },
  passwordLinkFromAddress: { times: 50, withinS: 3600 },
  /** Beginning to upload a file, by user. */
  upload: { times: 200, withinS: 600 },
  uploadFromAddress: { times: 1_000, withinS: 600 },
} as const satisfies Record<string, Rate>;

export type RateLimits = { readonly [Name in keyof typeof RATES]: RateLimit };

interface RateLimitOptions {
  /** Multiplies how often somebody may try. */
  readonly factor: number;
  readonly onRefused: (limit: string) => void;
}

export function createRateLimits(redis: RedisClient, keys: Keys, { factor, onRefused }: RateLimitOptions): RateLimits {
  const limit = (name: keyof typeof RATES): RateLimit => {
    const { times, withinS } = RATES[name];
    const counted = createRateLimit(redis, keys, name, { times: times * factor, withinS });
    return {
      async attempt(who) {
        const outcome = await counted.attempt(who);
        if (outcome.kind === 'too_many') onRefused(name);
        return outcome;
      },
    };
  };
  return {
    generate: limit('generate'),
    generateFromAddress: limit('generateFromAddress'),
    signIn: limit('signIn'),
    signInFromAddress: limit('signInFromAddress'),
    signUpFromAddress: limit('signUpFromAddress'),
    passwordLink: limit('passwordLink'),
    passwordLinkFromAddress: limit('passwordLinkFromAddress'),
    upload: limit('upload'),
    uploadFromAddress: limit('uploadFromAddress'),
  };
}

/** Counts one try; a refusal with Retry-After when there were too many. */
export async function tooMany(limit: RateLimit, who: string): Promise<Refusal | null> {
  const outcome = await limit.attempt(who);
  return outcome.kind === 'allowed' ? null : refuse('limit_reached', undefined, { retryAfterS: outcome.retryAfterS });
}
