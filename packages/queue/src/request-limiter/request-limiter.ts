import { setTimeout as pause } from 'node:timers/promises';
import { UnavailableFault } from '@megacampus/domain/errors';
import { nanoid } from 'nanoid';
import type { RedisClient } from '../connections/connections.ts';
import type { Keys } from '../keys.ts';
import { loadScript, outcomeOf, runScript } from '../run-script.ts';
import { orUnavailable } from '../unavailable.ts';

const TAKE_REQUEST = loadScript(import.meta.url, 'take-request.lua');
const OUTCOMES = { 1: 'held', 0: 'free' } as const;

/** At most so many pieces of work at once, over every process that shares the Redis and the keys. */
export interface RequestLimiter {
  /**
   * Waits for a place and runs `work` in it. The work's signal is aborted with the caller's, and when the place is lost
   * (Redis did not answer for `ttlMs`), as somebody else may then have it.
   *
   * @throws the signal's reason when it is aborted while waiting; UnavailableFault when Redis does not answer.
   */
  run<T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

interface RequestLimiterOptions {
  /** Places in all. Every process should be told the same; each keeps to its own number. */
  readonly limit: number;
  /** How long a place outlives a process that died with it, in ms. Renewed three times in that time. */
  readonly ttlMs?: number;
}

/** Shortest and longest pause between two looks for a free place, in ms: a look costs Redis about 0.1 ms. */
const LOOK_AGAIN_MS = { first: 20, longest: 250 } as const;

/** A lease for each request, with an expiry, so that a killed process gives its places back by itself. */
export function createRequestLimiter(
  redis: RedisClient,
  keys: Keys,
  { limit, ttlMs = 15_000 }: RequestLimiterOptions,
): RequestLimiter {
  const ask = async (owner: string, forMs: number) =>
    outcomeOf(
      OUTCOMES,
      await orUnavailable(runScript(redis, TAKE_REQUEST, [keys.modelRequests], [owner, limit, forMs])),
    );

  async function take(owner: string, signal: AbortSignal): Promise<void> {
    let waitMs: number = LOOK_AGAIN_MS.first;
    for (;;) {
      signal.throwIfAborted();
      if ((await ask(owner, ttlMs)) === 'held') return;
      // Jitter: those that wait do not all come at once.
      await pause(waitMs * (0.5 + Math.random()), undefined, { signal }).catch(() => signal.throwIfAborted());
      waitMs = Math.min(waitMs * 1.5, LOOK_AGAIN_MS.longest);
    }
  }

  /** Extends the place until stopped; tells when it is lost. */
  function keep(owner: string, onLost: (reason: unknown) => void): () => void {
    let heldUntil = performance.now() + ttlMs;
    const timer = setInterval(async () => {
      const askedAt = performance.now();
      const outcome = await ask(owner, ttlMs).catch(() => 'unknown' as const);
      if (outcome === 'held') heldUntil = askedAt + ttlMs;
      else if (outcome === 'free' || performance.now() >= heldUntil - ttlMs / 3) onLost(new UnavailableFault('redis'));
    }, ttlMs / 3);
    return () => clearInterval(timer);
  }

  return {
    async run(signal, work) {
      const owner = nanoid();
      const lost = new AbortController();
      try {
        await take(owner, signal);
        const stop = keep(owner, (reason) => lost.abort(reason));
        try {
          signal.throwIfAborted();
          return await work(AbortSignal.any([signal, lost.signal]));
        } catch (error) {
          throw lost.signal.aborted && !signal.aborted ? lost.signal.reason : error;
        } finally {
          stop();
        }
      } finally {
        // Where Redis cannot be told, the place is free when it runs out.
        await ask(owner, 0).catch(() => undefined);
      }
    },
  };
}
