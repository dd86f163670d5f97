import type { RedisClient } from '../connections/connections.ts';
import type { Keys } from '../keys.ts';
import { runScript } from '../run-script.ts';
import { orUnavailable } from '../unavailable.ts';
import { HOLD_LOCK } from './scripts.ts';

/** Lets one worker at a time reconcile. Every method throws UnavailableFault where Redis does not answer. */
export interface ReconcilerLock {
  /** Takes the lock or extends it, for `ttlMs`; false while another worker has it. */
  hold(workerId: string, ttlMs: number): Promise<boolean>;
  /** Gives the lock back, if this worker has it. */
  release(workerId: string): Promise<void>;
}

export function createReconcilerLock(redis: RedisClient, keys: Keys): ReconcilerLock {
  const run = (workerId: string, ttlMs: number) =>
    orUnavailable(runScript(redis, HOLD_LOCK, [keys.reconcilerLock], [workerId, ttlMs]));
  return {
    async hold(workerId, ttlMs) {
      return (await run(workerId, ttlMs)) === 1;
    },
    async release(workerId) {
      await run(workerId, 0);
    },
  };
}
