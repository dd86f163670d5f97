import type { Direct } from '../world/servers.ts';

export interface Lease {
  readonly courseId: string;
  readonly userId: string;
  readonly generationId: string;
  readonly reservedAtMs: number;
}

export type JobState = 'waiting' | 'active' | 'delayed' | 'completed' | 'failed';

export interface Job {
  readonly id: string;
  readonly generationId: string;
  readonly state: JobState;
  /** Of the worker that took it last; null before. */
  readonly pid: number | null;
}

export interface InFlight {
  readonly id: string;
  readonly startedAtMs: number;
}

/** Who is at work at one instant, as Redis and the database have it. */
export interface Snapshot {
  readonly takenAtMs: number;
  readonly leases: readonly Lease[];
  /** Those that have not ended. */
  readonly jobs: readonly Job[];
  readonly inFlight: readonly InFlight[];
}

export const TAG = '{coursegen}';
export const QUEUE = `${TAG}:course-generation`;

/** @throws when Redis or the database does not answer. */
export async function readSnapshot({ redis, sql }: Direct): Promise<Snapshot> {
  const takenAtMs = Date.now();
  const [courseIds, waiting, prioritized, delayed, active] = await Promise.all([
    redis.zrangebyscore(`${TAG}:slots`, takenAtMs, '+inf'),
    redis.lrange(`${QUEUE}:wait`, '0', '-1'),
    redis.zrange(`${QUEUE}:prioritized`, '0', '-1'),
    redis.zrange(`${QUEUE}:delayed`, '0', '-1'),
    redis.lrange(`${QUEUE}:active`, '0', '-1'),
  ]);
  const [leases, workers, rows] = await Promise.all([
    Promise.all(courseIds.map((courseId) => readLease(redis, courseId))),
    Promise.all(active.map((id) => redis.hget(`${QUEUE}:${id}`, 'pb'))),
    sql<{ id: string; started_at: Date }>(
      "SELECT id, started_at FROM generations WHERE status NOT IN ('completed', 'failed', 'cancelled')",
    ),
  ]);
  const jobs = (ids: readonly string[], state: JobState): Job[] =>
    ids.map((id, index) => ({ ...jobOf(id, state), pid: state === 'active' ? pidOf(workers[index]) : null }));
  return {
    takenAtMs,
    leases: leases.filter((lease) => lease !== null),
    jobs: [...jobs(active, 'active'), ...jobs([...waiting, ...prioritized], 'waiting'), ...jobs(delayed, 'delayed')],
    inFlight: rows.map(({ id, started_at }) => ({ id, startedAtMs: started_at.getTime() })),
  };
}

async function readLease(redis: Direct['redis'], courseId: string): Promise<Lease | null> {
  const { generationId, userId, reservedAtMs } = await redis.hgetall(`${TAG}:slots:course:${courseId}`);
  if (generationId === undefined || userId === undefined) return null;
  return { courseId, userId, generationId, reservedAtMs: Number(reservedAtMs) };
}

/** A job's id is its generation's, or begins with it and a dot. */
function jobOf(id: string, state: JobState): Job {
  return { id, generationId: id.split('.')[0] ?? id, state, pid: null };
}

/** A worker's name is `<host>-<pid>-<8 hexadecimal digits>`. */
function pidOf(name: string | null | undefined): number | null {
  const pid = /-(\d+)-[0-9a-f]{8}$/.exec(name ?? '')?.[1];
  return pid === undefined ? null : Number(pid);
}
