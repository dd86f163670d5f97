import { UnavailableFault } from '@megacampus/domain/errors';

/** Time left for a piece of work made of several external calls. */
export interface Budget {
  /** Milliseconds left, never negative. */
  remainingMs(): number;
  /**
   * Runs `work` for at most `maxMs` or what is left, then aborts its signal and rejects with UnavailableFault of
   * `service`. The work may still take effect later: whoever calls must be able to undo it.
   */
  within<T>(service: 'redis' | 'database', work: (signal: AbortSignal) => Promise<T>, maxMs?: number): Promise<T>;
  /** Resolves after `ms`, or at the end of the budget. */
  pause(ms: number): Promise<void>;
}

/** A budget of `totalMs` that starts now. Uses the monotonic clock, so a clock change cannot stretch it. */
export function createBudget(totalMs: number): Budget {
  const endsAt = performance.now() + totalMs;
  const remainingMs = () => Math.max(0, endsAt - performance.now());
  const atMost = (maxMs: number) => Math.max(1, Math.ceil(Math.min(maxMs, remainingMs())));
  return {
    remainingMs,
    async within(service, work, maxMs = Number.POSITIVE_INFINITY) {
      const deadline = new AbortController();
      const { promise: late, reject } = Promise.withResolvers<never>();
      const timer = setTimeout(() => {
        reject(new UnavailableFault(service));
        deadline.abort();
      }, atMost(maxMs));
      try {
        return await Promise.race([work(deadline.signal), late]);
      } finally {
        clearTimeout(timer);
      }
    },
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, atMost(ms))),
  };
}
