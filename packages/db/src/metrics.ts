import { randomUUID } from 'node:crypto';
import { UnavailableFault } from '@megacampus/domain/errors';
import { EVENT_SEVERITY, type MetricEvent } from '@megacampus/domain/events';
import type { Logger } from '@megacampus/log';
import type { DbClient } from './clients.ts';
import type { Json } from './database.types.ts';
import { must } from './must.ts';

type Facts = { [key: string]: Json | undefined };

export interface Metrics {
  /** Returns at once and never throws. While the database is away the event waits for it, and is in the log. */
  record(event: MetricEvent): void;
  /** Resolves when all that was recorded is stored; what the database does not take now is given up. */
  flush(): Promise<void>;
}

/** An event and when it was. Its id makes one row of it, also when an answer was lost and it is stored again. */
interface Row {
  readonly id: string;
  readonly event: MetricEvent;
  readonly at: Date;
  /** The log has it, as a process that dies takes along what waits. */
  isLogged: boolean;
}

/** Events that may wait for a slow database; more are only logged. */
const PENDING_MAX = 500;
/** Rows of one insert: events that came while the one before was under way. */
const BATCH_MAX = 100;
/** How often a database that is away is tried again, in milliseconds. */
const RETRY_EVERY_MS = 1_000;
/** An event that has waited this long, in milliseconds, stays in the log only. */
const GIVE_UP_AFTER_MS = 10 * 60_000;
const UNIQUE_VIOLATION = '23505';
const FOREIGN_KEY_VIOLATION = '23503';

/**
 * Writes events to `system_metrics`, beside the work that they tell of. One insert is under way at a time, and the next
 * takes all that has come meanwhile: a flood of refusals costs the database next to nothing.
 */
export function createMetrics(client: DbClient, log: Logger): Metrics {
  const waiting: Row[] = [];
  let writing: Promise<void> | null = null;
  let flushes = 0;
  let endPause = () => {};

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, BATCH_MAX);
      const outage = await storeBatch(client, batch, log);
      if (outage === null) continue;
      const isOver = ({ at }: Row) => flushes > 0 || Date.now() - at.getTime() > GIVE_UP_AFTER_MS;
      const left = [...batch, ...waiting.splice(0)];
      for (const { event } of left.filter(isOver)) log.error({ err: outage, event }, 'metric was not stored');
      waiting.push(...left.filter((row) => !isOver(row)));
      for (const row of waiting.filter(({ isLogged }) => !isLogged)) {
        log.warn({ err: outage, event: row.event }, 'metric waits for the database');
        row.isLogged = true;
      }
      if (waiting.length > 0) await pause();
    }
    writing = null;
  }

  async function pause(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, RETRY_EVERY_MS);
    timer.unref();
    endPause = resolve;
    await promise;
    clearTimeout(timer);
  }

  return {
    record(event) {
      if (waiting.length >= PENDING_MAX) {
        log.error({ event }, 'metric dropped: too many are waiting');
        return;
      }
      waiting.push({ id: randomUUID(), event, at: new Date(), isLogged: false });
      writing ??= writeAll();
    },
    async flush() {
      flushes += 1;
      endPause();
      while (writing !== null) await writing;
      flushes -= 1;
    },
  };
}

/**
 * Never throws; resolves to the fault when the database is away. Where it refuses the batch, each row is tried by itself: one
 * bad event does not take others along.
 */
async function storeBatch(client: DbClient, rows: readonly Row[], log: Logger): Promise<UnavailableFault | null> {
  try {
    must(await client.from('system_metrics').insert(rows.map(rowOf)), 'database');
    return null;
  } catch (err) {
    if (err instanceof UnavailableFault) return err;
  }
  for (const row of rows) {
    try {
      await store(client, row);
    } catch (err) {
      // All are tried again: of those that are stored by then there is no second row.
      if (err instanceof UnavailableFault) return err;
      log.error({ err, event: row.event }, 'metric was not stored');
    }
  }
  return null;
}

function rowOf({ id, event, at }: Row) {
  return {
    id,
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
  const first = await client.from('system_metrics').insert(row);
  if (first.error === null || first.error.code === UNIQUE_VIOLATION) return;
  if (first.error.code !== FOREIGN_KEY_VIOLATION) must(first, 'database');
  // The user or the course is gone already: the event counts all the same, with their ids as facts.
  const { user_id, course_id, ...rest } = row;
  const metadata = { ...recorded.event.metadata, user_id, course_id } as Facts;
  must(await client.from('system_metrics').insert({ ...rest, metadata }), 'database');
}
