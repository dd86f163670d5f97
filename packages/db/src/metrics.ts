import { UnavailableFault } from '@megacampus/domain/errors';
import { EVENT_SEVERITY, type MetricEvent } from '@megacampus/domain/events';
import type { Logger } from '@megacampus/log';
import type { DbClient } from './clients.ts';
import type { Json } from './database.types.ts';
import { must } from './must.ts';

type Facts = { [key: string]: Json | undefined };

export interface Metrics {
  /** Returns at once and never throws; what could not be stored is logged. */
  record(event: MetricEvent): void;
  /** Resolves when all that was recorded is stored or given up. */
  flush(): Promise<void>;
}

/** An event and when it was. */
interface Row {
  readonly event: MetricEvent;
  readonly at: Date;
}

/** Events that may wait for a slow database; more are only logged. */
const PENDING_MAX = 500;
/** Rows of one insert: events that came while the one before was under way. */
const BATCH_MAX = 100;
const FOREIGN_KEY_VIOLATION = '23503';

/**
 * Writes events to `system_metrics`, beside the work that they tell of. One insert is under way at a time, and the next
 * takes all that has come meanwhile: a flood of refusals costs the database next to nothing.
 */
export function createMetrics(client: DbClient, log: Logger): Metrics {
  const waiting: Row[] = [];
  let writing: Promise<void> | null = null;

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) await storeBatch(client, waiting.splice(0, BATCH_MAX), log);
    writing = null;
  }

  return {
    record(event) {
      if (waiting.length >= PENDING_MAX) {
        log.error({ event }, 'metric dropped: too many are waiting');
        return;
      }
      waiting.push({ event, at: new Date() });
      writing ??= writeAll();
    },
    async flush() {
      while (writing !== null) await writing;
    },
  };
}

/** Never throws. Where the database refuses the batch, each is tried by itself: one bad event does not take others along. */
async function storeBatch(client: DbClient, rows: readonly Row[], log: Logger): Promise<void> {
  try {
    must(await client.from('system_metrics').insert(rows.map(rowOf)), 'database');
    return;
  } catch (err) {
    if (err instanceof UnavailableFault) {
      for (const { event } of rows) log.error({ err, event }, 'metric was not stored');
      return;
    }
  }
  for (const row of rows) {
    await store(client, row).catch((err: unknown) => log.error({ err, event: row.event }, 'metric was not stored'));
  }
}

function rowOf({ event, at }: Row) {
  return {
    event_type: event.type,
    severity: EVENT_SEVERITY[event.type],
    user_id: event.userId ?? null,
    course_id: event.courseId ?? null,
    job_id: event.jobId ?? null,
    metadata: (event.metadata ?? {}) as Facts,
    timestamp: at.toISOString(),
  };
}

async function store(client: DbClient, recorded: Row): Promise<void> {
  const row = rowOf(recorded);
  const { error } = await client.from('system_metrics').insert(row);
  if (error === null) return;
  if (error.code !== FOREIGN_KEY_VIOLATION) throw error;
  // The user or the course is gone already: the event counts all the same, with their ids as facts.
  const { user_id, course_id, ...rest } = row;
  const metadata = { ...recorded.event.metadata, user_id, course_id } as Facts;
  const second = await client.from('system_metrics').insert({ ...rest, metadata });
  if (second.error !== null) throw second.error;
}
