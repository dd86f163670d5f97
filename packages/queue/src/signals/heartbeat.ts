import type { RedisClient } from '../connections/connections.ts';
import type { Keys } from '../keys.ts';
import { runScript } from '../run-script.ts';
import { orUnavailable } from '../unavailable.ts';
import { HEARTBEAT } from './scripts.ts';

/** Which workers are alive. Every method throws UnavailableFault where Redis does not answer. */
export interface Heartbeat {
  /** This worker is alive for the next `ttlMs`, by Redis's clock. */
  beat(workerId: string, ttlMs: number): Promise<void>;
  /** This worker has ended in good order. */
  leave(workerId: string): Promise<void>;
  /** How many workers are alive. */
  liveWorkers(): Promise<number>;
}

export function createHeartbeat(redis: RedisClient, keys: Keys): Heartbeat {
  const run = async (workerId: string, ttlMs: number) =>
    Number(await orUnavailable(runScript(redis, HEARTBEAT, [keys.workers], [workerId, ttlMs])));
  return {
    async beat(workerId, ttlMs) {
      await run(workerId, ttlMs);
    },
    async leave(workerId) {
      await run(workerId, 0);
    },
    liveWorkers: () => run('', 0),
  };
}
