import { EVENT_SEVERITY, type MetricEvent } from '@megacampus/domain/events';
import type { Logger } from '@megacampus/log';
import type { DbClient } from './clients.ts';
import type { Json } from './database.types.ts';

type Facts = { [key: string]: Json | undefined };

export interface Metrics {
  /** Returns at once and never throws; what could not be stored is logged. */
  record(event: MetricEvent): void;
  /** Resolves when all that was recorded is stored or given up. */
  flush(): Promise<void>;
}

/** Events that may wait for a slow database; more are only logged. */
const PENDING_MAX = 500;
const FOREIGN_KEY_VIOLATION = '23503';

/** Writes events to `system_metrics`, beside the work that they tell of. */
export function createMetrics(client: DbClient, log: Logger): Metrics {
  const pending = new Set<Promise<void>>();
  return {
    record(event) {
      if (pending.size >= PENDING_MAX) {
        log.error({ event }, 'metric dropped: too many are waiting');
        return;
      }
      const storing = store(client, event)
        .catch((err: unknown) => log.error({ err, event }, 'metric was not stored'))
        .finally(() => pending.delete(storing));
      pending.add(storing);
    },
    async flush() {
      while (pending.size > 0) await Promise.all(pending);
    },
  };
}

async function store(client: DbClient, event: MetricEvent): Promise<void> {
  const row = {
    event_type: event.type,
    severity: EVENT_SEVERITY[event.type],
    user_id: event.userId ?? null,
    course_id: event.courseId ?? null,
    job_id: event.jobId ?? null,
    metadata: (event.metadata ?? {}) as Facts,
    timestamp: new Date().toISOString(),
  };
  const { error } = await client.from('system_metrics').insert(row);
  if (error === null) return;
  if (error.code !== FOREIGN_KEY_VIOLATION) throw error;
  // The user or the course is gone already: the event counts all the same, with their ids as facts.
  const { user_id, course_id, ...rest } = row;
  const metadata = { ...event.metadata, user_id, course_id } as Facts;
  const second = await client.from('system_metrics').insert({ ...rest, metadata });
  if (second.error !== null) throw second.error;
}
