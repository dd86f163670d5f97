import type { WorkerEnv } from '../../../apps/worker/src/env.ts';
import type { World } from '../world.ts';

/** A worker of production on this world's servers. */
export function workerEnv({ stack }: World, concurrency: number): WorkerEnv {
  return {
    redisUrl: stack.redisUrl,
    supabaseUrl: stack.supabaseUrl,
    serviceKey: stack.serviceKey,
    databaseUrl: stack.databaseUrl,
    defaultGlobalLimit: 10_000,
    concurrency,
    admin: { port: 0, credentials: null },
    webhook: { secret: null, allowPrivate: false },
    ai: null,
    isTraced: false,
    logLevel: 'info',
    nodeEnv: 'production',
    version: 'bench',
  };
}
