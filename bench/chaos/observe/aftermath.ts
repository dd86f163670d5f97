import type { Direct } from '../world/servers.ts';
import { type Lease, QUEUE, readSnapshot, type Snapshot, TAG } from './snapshot.ts';

/** A row of the campaign's log; see world/event-log.sql. */
export interface LoggedEvent {
  readonly at_ms: number;
  readonly kind:
    | 'made'
    | 'moved'
    | 'deleted'
    | 'outlined'
    | 'summarized'
    | 'lesson made'
    | 'lesson written'
    | 'lesson deleted';
  readonly generation_id: string;
  readonly course_id: string;
  readonly user_id: string | null;
  readonly subject: string | null;
  readonly status_before: string | null;
  readonly status_after: string | null;
}

export interface GenerationRow {
  readonly id: string;
  readonly course_id: string;
  readonly status: string;
  readonly error: string | null;
  /** Taken back before it ran. */
  readonly undone: boolean;
  readonly overview: string | null;
}

export interface LessonRow {
  readonly id: string;
  readonly generation_id: string;
  readonly status: string;
}

export interface CourseRow {
  readonly id: string;
  readonly generation_id: string | null;
  readonly generation_status: string | null;
  readonly trashed: boolean;
}

interface Key {
  readonly name: string;
  /** Whether it ends by itself. */
  readonly expires: boolean;
}

/** Everything there is to see once an episode is over. */
export interface Aftermath extends Snapshot {
  readonly leases: readonly Lease[];
  readonly ended: { readonly completed: readonly string[]; readonly failed: readonly string[] };
  /** All under our tag. */
  readonly keys: readonly Key[];
  readonly events: readonly LoggedEvent[];
  readonly generations: readonly GenerationRow[];
  readonly lessons: readonly LessonRow[];
  readonly courses: readonly CourseRow[];
}

/** @throws when Redis or the database does not answer. */
export async function readAftermath(direct: Direct, courseIds: readonly string[]): Promise<Aftermath> {
  const { redis, sql } = direct;
  const of = (text: string): [string, unknown[]] => [text, [courseIds]];
  const snapshot = await readSnapshot(direct);
  const [completed, failed, keys] = await Promise.all([
    redis.zrange(`${QUEUE}:completed`, '0', '-1'),
    redis.zrange(`${QUEUE}:failed`, '0', '-1'),
    readKeys(direct),
  ]);
  const [events, generations, lessons, courses] = await Promise.all([
    sql<LoggedEvent & Record<string, unknown>>(
      ...of(
        'SELECT *, extract(epoch FROM at)::float8 * 1000 AS at_ms FROM chaos.events WHERE course_id = ANY ($1) ORDER BY id',
      ),
    ),
    sql<GenerationRow & Record<string, unknown>>(
      ...of(`SELECT id, course_id, status, error, undone_at IS NOT NULL AS undone, overview
             FROM generations WHERE course_id = ANY ($1)`),
    ),
    sql<LessonRow & Record<string, unknown>>(
      ...of('SELECT id, generation_id, status FROM lessons WHERE course_id = ANY ($1)'),
    ),
    sql<CourseRow & Record<string, unknown>>(
      ...of(`SELECT id, generation_id, generation_status, deleted_at IS NOT NULL AS trashed
             FROM courses WHERE id = ANY ($1)`),
    ),
  ]);
  return { ...snapshot, ended: { completed, failed }, keys, events, generations, lessons, courses };
}

/** What PTTL says of a key that has ended meanwhile. */
const GONE = -2;

async function readKeys({ redis }: Direct): Promise<Key[]> {
  const names = new Set<string>();
  let cursor = '0';
  do {
    const [next, found] = await redis.scan(cursor, 'MATCH', `${TAG}*`, 'COUNT', 1_000);
    for (const name of found) names.add(name);
    cursor = next;
  } while (cursor !== '0');
  const keys = [...names].map(async (name) => ({ name, ttlMs: await redis.pttl(name) }));
  return (await Promise.all(keys))
    .filter(({ ttlMs }) => ttlMs !== GONE)
    .map(({ name, ttlMs }) => ({ name, expires: ttlMs >= 0 }));
}
