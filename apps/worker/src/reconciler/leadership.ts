import type { Logger } from '@megacampus/log';
import type { ReconcilerLock } from '@megacampus/queue/signals';
import { startLoop } from '../repeat.ts';

/** Who reconciles: one worker at a time, for as long as it shows signs of life. */
export interface Leadership {
  /** This process's present term; its signal is aborted when the term ends. Null while another one leads. */
  term(): AbortSignal | null;
  /** Ends the term and leaves the lock to the next one at once. */
  stop(): Promise<void>;
}

export interface LeadershipOptions {
  readonly lock: ReconcilerLock;
  /** Fences the lock: only its holder prolongs and frees it. Unique to the process. */
  readonly workerId: string;
  /** How long the lock outlives its holder's last sign of life; so long nobody leads after a kill -9. */
  readonly ttlMs: number;
  readonly log: Logger;
}

/**
 * Holds the reconciler's lock for as long as it can. A process that was frozen longer than the lock lives ends
 * its term when it wakes up, as another one may have led in the meantime. The time left is counted from before
 * the request, so it is never overrated.
 */
export function startLeadership({ lock, workerId, ttlMs, log }: LeadershipOptions): Leadership {
  let term: AbortController | null = null;
  let leadsUntil = 0;

  const endTerm = () => {
    if (term !== null) log.info('this worker does not reconcile any more');
    term?.abort();
    term = null;
  };
  const loop = startLoop({
    name: 'leadership',
    intervalMs: ttlMs / 4,
    log,
    pass: async () => {
      const askedAt = performance.now();
      if (askedAt > leadsUntil) endTerm();
      if (await lock.hold(workerId, ttlMs)) {
        leadsUntil = askedAt + ttlMs;
        if (term === null) log.info('this worker reconciles now');
        term ??= new AbortController();
      } else {
        endTerm();
      }
    },
  });
  return {
    term: () => (performance.now() < leadsUntil ? (term?.signal ?? null) : null),
    async stop() {
      await loop.stop();
      if (term === null) return;
      endTerm();
      await lock.release(workerId).catch(() => {});
    },
  };
}
