import type { createServiceClient } from '@megacampus/db/clients';
import { must } from '@megacampus/db/clients';
import type { GenerationStore } from '@megacampus/db/generations';
import type { RedisClient } from '@megacampus/queue/connections';
import type { CourseQueue } from '@megacampus/queue/queue';
import type { Heartbeat } from '@megacampus/queue/signals';

/** Whether what we depend on works now. Each may throw, which means no. */
export interface Probes {
  redis(): Promise<boolean>;
  database(): Promise<boolean>;
  queue(): Promise<boolean>;
  /** Live workers. */
  workers(): Promise<number>;
}

export function createProbes(of: {
  readonly redis: RedisClient;
  readonly client: ReturnType<typeof createServiceClient>;
  readonly store: Pick<GenerationStore, 'loadGeneration'>;
  readonly queue: CourseQueue;
  readonly heartbeat: Heartbeat;
}): Probes {
  return {
    async redis() {
      return (await of.redis.ping()) === 'PONG';
    },
    async database() {
      // Pages go through the REST API, admissions perhaps straight to Postgres: both must answer.
      const page = of.client.from('courses').select('id').limit(1);
      must((await Promise.all([page, of.store.loadGeneration('nobody')]))[0], 'database');
      return true;
    },
    async queue() {
      await of.queue.counts();
      return true;
    },
    workers: () => of.heartbeat.liveWorkers(),
  };
}
