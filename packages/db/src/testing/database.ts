import { randomUUID } from 'node:crypto';
import type { GenerationProgress, StepId } from '@megacampus/domain/steps';
import type { Tier } from '@megacampus/domain/tiers';
import { useStack } from '@megacampus/test-kit/servers';
import pg from 'pg';
import { afterAll } from 'vitest';
import { createServiceClient } from '../clients.ts';
import { createGenerationStore } from '../generations.ts';

/** Progress as stored: with the metadata that the API does not show. */
export type StoredProgress = GenerationProgress & { metadata: Record<string, unknown> };

export interface StepCall {
  readonly message?: string | null;
  readonly error?: string | null;
  readonly details?: unknown;
  readonly generationId?: string;
  readonly metadata?: Record<string, unknown> | null;
}

type Query = (text: string, values: unknown[]) => Promise<unknown>;

/** The database of the run, asked past the API, as its owner. */
export function useDatabase() {
  const stack = useStack();
  const pool = new pg.Pool({ connectionString: stack.databaseUrl, max: 24 });
  afterAll(() => pool.end());
  const client = createServiceClient({ url: stack.supabaseUrl, key: stack.serviceKey });
  const store = createGenerationStore(client);

  async function rows<T = Record<string, unknown>>(text: string, values: unknown[] = []): Promise<T[]> {
    return (await pool.query(text, values)).rows as T[];
  }
  async function one<T = Record<string, unknown>>(text: string, values: unknown[] = []): Promise<T> {
    const [row] = await rows<T>(text, values);
    if (row === undefined) throw new Error(`no row: ${text}`);
    return row;
  }

  /** Runs `work` within a transaction of its own, which is then undone. */
  async function inTransaction(work: (query: Query) => Promise<void>) {
    const connection = await pool.connect();
    try {
      await connection.query('BEGIN');
      await work((text, values) => connection.query(text, values));
    } finally {
      await connection.query('ROLLBACK');
      connection.release();
    }
  }

  /** Runs `work` within a transaction that is then committed. `isAwaited`: whether somebody waits for it. */
  async function committing<T>(work: (query: Query, isAwaited: () => Promise<boolean>) => Promise<T>): Promise<T> {
    const connection = await pool.connect();
    try {
      await connection.query('BEGIN');
      const [self] = (await connection.query('SELECT pg_backend_pid() AS pid')).rows;
      const waiting = 'SELECT 1 FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))';
      const result = await work(
        (text, values) => connection.query(text, values),
        async () => (await rows(waiting, [self.pid])).length > 0,
      );
      await connection.query('COMMIT');
      return result;
    } finally {
      // Of what has failed; of what was committed nothing is left to be undone.
      await connection.query('ROLLBACK');
      connection.release();
    }
  }

  /** Lets the user store a file at `path`, whatever that is. */
  async function admitUpload(userId: string, path: string): Promise<void> {
    const insert = "INSERT INTO document_uploads VALUES ($1, $2, now() + interval '1 hour') ON CONFLICT DO NOTHING";
    await rows(insert, [path, userId]);
  }

  /** A user without a password, past the sign-up API: the trigger on auth.users makes the profile all the same. */
  async function addUser(tier: Tier = 'PREMIUM'): Promise<string> {
    const userId = randomUUID();
    await rows('INSERT INTO auth.users (id, email) VALUES ($1, $2)', [userId, `${userId}@test.megacampus.test`]);
    await rows('UPDATE user_profiles SET tier = $2 WHERE id = $1', [userId, tier]);
    return userId;
  }

  async function addCourse(userId?: string, tier?: Tier): Promise<{ userId: string; courseId: string }> {
    const owner = userId ?? (await addUser(tier));
    const { id } = await one<{ id: string }>(
      "INSERT INTO courses (user_id, title) VALUES ($1, 'Курс для проверки') RETURNING id",
      [owner],
    );
    return { userId: owner, courseId: id };
  }

  async function addDocument(userId: string, courseId: string, name = `${randomUUID()}.md`): Promise<string> {
    const { id } = await one<{ id: string }>(
      "INSERT INTO course_documents (course_id, name, size_bytes, type, path) VALUES ($1, $2, 12, 'md', $3) RETURNING id",
      [courseId, name, `${userId}/${courseId}/${name}`],
    );
    return id;
  }

  /** update_course_progress as somebody with psql calls it. */
  async function step(courseId: string, stepId: number | null, status: string | null, call: StepCall = {}) {
    const { message = 'сообщение', error = null, details = null, generationId, metadata = {} } = call;
    const facts = metadata === null ? null : { ...metadata, ...(generationId ? { generation_id: generationId } : {}) };
    const { progress } = await one<{ progress: StoredProgress | null }>(
      'SELECT update_course_progress($1, $2, $3, $4, $5, $6, $7) AS progress',
      [courseId, stepId, status, message, error, details, facts],
    );
    return progress;
  }

  /** As `step`, where the course is known to exist. */
  async function move(courseId: string, stepId: StepId, status: string, call: StepCall = {}): Promise<StoredProgress> {
    const progress = await step(courseId, stepId, status, call);
    if (progress === null) throw new Error('no such course');
    return progress;
  }

  const course = (courseId: string) =>
    one<CourseRow>('SELECT *, generation_status::text FROM courses WHERE id = $1', [courseId]);
  const generation = async (id: string) =>
    (await rows<GenerationRow>('SELECT *, status::text FROM generations WHERE id = $1', [id]))[0] ?? null;

  /** A generation whose step 1 is recorded. */
  async function admit(courseId: string, metadata: Record<string, unknown> = {}): Promise<string> {
    const generationId = newId();
    await move(courseId, 1, 'completed', { generationId, metadata });
    return generationId;
  }

  /** A generation at step 4 with `count` pending lessons. */
  async function outline(courseId: string, count: number, passageIds: string[] = []) {
    const generationId = await admit(courseId);
    const saved = await store.saveOutline({ generationId, outline: outlineOf(count, passageIds) });
    if (!saved?.saved) throw new Error('the outline was not saved');
    return { generationId, lessonIds: saved.lessons.map(({ id }) => id) };
  }

  return {
    stack,
    client,
    store,
    rows,
    one,
    inTransaction,
    committing,
    admitUpload,
    addUser,
    addCourse,
    addDocument,
    step,
    move,
    course,
    generation,
    admit,
    outline,
  };
}

interface CourseRow {
  readonly generation_id: string | null;
  readonly generation_status: string | null;
  readonly generation_progress: StoredProgress;
  readonly generation_started_at: Date | null;
  readonly generation_completed_at: Date | null;
  readonly last_progress_update: Date | null;
  readonly webhook_url: string | null;
  readonly error_message: string | null;
  readonly error_details: unknown;
}

interface GenerationRow {
  readonly status: string;
  readonly tier: string;
  readonly weight: number;
  readonly request_id: string | null;
  readonly has_documents: boolean;
  readonly started_at: Date;
  readonly finished_at: Date | null;
  readonly undone_at: Date | null;
  readonly error: string | null;
  readonly model: string | null;
  readonly brief: Record<string, unknown>;
}

export const newId = (): string => `course-gen-${randomUUID()}`;

export function outlineOf(lessons: number, passageIds: string[] = []) {
  const lesson = (index: number) => ({
    title: `Урок ${index + 1}`,
    objectives: ['цель'],
    keyTopics: ['тема'],
    passageIds,
    durationMinutes: 5,
  });
  const all = Array.from({ length: lessons }, (_, index) => lesson(index));
  const half = Math.ceil(lessons / 2);
  const sections = [all.slice(0, half), all.slice(half)].filter((part) => part.length > 0);
  return { sections: sections.map((part, index) => ({ title: `Раздел ${index + 1}`, summary: '', lessons: part })) };
}

export function contentOf(markdown: string, passageIds: string[] = []) {
  return {
    markdown,
    keyPoints: ['главное'],
    quiz: [
      { kind: 'single' as const, prompt: 'Да?', options: ['да', 'нет'], answer: [0], explanation: 'так' },
      { kind: 'short' as const, prompt: 'Что?', options: [], answer: 'это', explanation: 'так' },
    ],
    citations: passageIds.map((passageId) => ({ passageId, quote: 'цитата' })),
    notice: null,
  };
}
