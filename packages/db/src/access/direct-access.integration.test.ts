import { randomUUID } from 'node:crypto';
import { UnavailableFault } from '@megacampus/domain/errors';
import { createLogger } from '@megacampus/log';
import { waitFor } from '@megacampus/test-kit/wait-for';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { createGenerationStore } from '../generations.ts';
import { useDatabase } from '../testing/database.ts';
import { createDirectAccess } from './direct-access.ts';

const db = useDatabase();
const log = createLogger({ name: 'test', level: 'silent' });

const opened: { close(): Promise<void> }[] = [];
function storeAt(url: string | URL, timeoutMs = 5_000) {
  const access = createDirectAccess({ url: String(url), log, timeoutMs });
  opened.push(access);
  return createGenerationStore(db.client, access);
}
afterAll(async () => void (await Promise.all(opened.map((access) => access.close()))));

/** The database's address for a new login. `rights` as in CREATE ROLE. */
async function addressOfLogin(rights: string): Promise<URL> {
  const name = `login_${randomUUID().slice(0, 8)}`;
  await db.rows(`CREATE ROLE ${name} LOGIN PASSWORD 'of-a-test' ${rights}`);
  const url = new URL(db.stack.databaseUrl);
  url.username = name;
  url.password = 'of-a-test';
  return url;
}

test('a login that may do nothing but take the service role is enough', async () => {
  const store = storeAt(await addressOfLogin('NOINHERIT IN ROLE service_role'));
  const { courseId } = await db.addCourse();
  expect(await store.loadAdmission(courseId)).toMatchObject({ course: { id: courseId } });
  expect(await store.listInFlight()).toBeInstanceOf(Array);
});

test('a login that may not take the service role is not used, whatever else it may', async () => {
  const url = await addressOfLogin('');
  await db.rows(`GRANT SELECT ON public.admissions, public.courses TO ${url.username}`);
  await expect(storeAt(url).loadAdmission(randomUUID())).rejects.toBeInstanceOf(UnavailableFault);
});

/** Those that wait for the row of the course. */
const WAITING = `
  SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%update_course_progress%'`;

test('a statement that was given up for its time ends in the server as well', async () => {
  const { courseId } = await db.addCourse();
  const step = { courseId, stepId: 1, status: 'completed', message: 'x' } as const;
  const holder = new pg.Client({ connectionString: db.stack.databaseUrl });
  await holder.connect();
  await holder.query('BEGIN');
  await holder.query('SELECT FROM public.courses WHERE id = $1 FOR UPDATE', [courseId]);
  await expect(storeAt(db.stack.databaseUrl, 300).recordProgress(step)).rejects.toBeInstanceOf(UnavailableFault);
  await waitFor(async () => (await db.rows(WAITING)).length === 0, { what: 'the statement to end' });
  await holder.query('ROLLBACK');
  await holder.end();
  const row = await db.one('SELECT generation_progress FROM public.courses WHERE id = $1', [courseId]);
  expect(row).toEqual({ generation_progress: null });
});
