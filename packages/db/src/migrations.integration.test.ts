import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { useStack } from '@megacampus/test-kit/servers';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPrivileges, WANTED_PRIVILEGES } from './testing/privileges.ts';

/**
 * The migrations as hosted Supabase runs them: on an empty database, by an owner who is no superuser, and where
 * everything new in schema public is granted to anon and authenticated by default.
 */
const folder = join(import.meta.dirname, '../../../supabase/migrations');
const files = readdirSync(folder).toSorted();
const name = `hosted_${randomUUID().slice(0, 8)}`;
const { databaseUrl } = useStack();
let db: pg.Client;

const HOSTED = `
  CREATE SCHEMA auth AUTHORIZATION ${name};
  CREATE SCHEMA storage AUTHORIZATION ${name};
  SET ROLE ${name};
  CREATE TABLE auth.users (id uuid PRIMARY KEY, email text, raw_user_meta_data jsonb);
  CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT NULL::uuid $$;
  CREATE TABLE storage.buckets (id text PRIMARY KEY, name text, public boolean, file_size_limit bigint);
  CREATE TABLE storage.objects (id uuid, bucket_id text, name text, metadata jsonb);
  ALTER TABLE storage.objects ENABLE ROW LEVEL SECURITY;
  ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON TABLES TO anon, authenticated, service_role;
  ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON SEQUENCES TO anon, authenticated, service_role;
  ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON FUNCTIONS TO anon, authenticated, service_role;`;

async function asAdmin(text: string): Promise<void> {
  const admin = new pg.Client({ connectionString: databaseUrl });
  await admin.connect();
  await admin.query(text).finally(() => admin.end());
}

beforeAll(async () => {
  await asAdmin(`CREATE ROLE ${name} NOSUPERUSER`);
  await asAdmin(`CREATE DATABASE ${name} OWNER ${name}`);
  const url = new URL(databaseUrl);
  url.pathname = name;
  db = new pg.Client({ connectionString: url.href });
  await db.connect();
  await db.query(HOSTED);
  for (const file of files) {
    const sql = readFileSync(join(folder, file), 'utf8');
    await db.query(`BEGIN; ${sql}; COMMIT`).catch((err: unknown) => {
      throw new Error(`${file} failed`, { cause: err });
    });
  }
});

afterAll(async () => {
  await db.end();
  await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`);
  await asAdmin(`DROP ROLE ${name}`);
});

const rows = async (text: string) => (await db.query(text)).rows as Record<string, unknown>[];

test('each file has a time of its own', () => {
  for (const file of files) expect(file).toMatch(/^\d{14}_[a-z_]+\.sql$/);
  expect(new Set(files.map((file) => file.slice(0, 14))).size).toBe(files.length);
});

test('anon and authenticated get exactly the listed privileges, whatever is granted by default', async () => {
  expect(await readPrivileges(rows)).toEqual(WANTED_PRIVILEGES);
});

test('no function of ours is left to anybody but the service role', async () => {
  const open = await rows(
    `SELECT proname, role FROM pg_proc, unnest(ARRAY['anon', 'authenticated']) AS role
     WHERE pronamespace IN ('public'::regnamespace, 'private'::regnamespace)
       AND has_function_privilege(role, pg_proc.oid, 'EXECUTE')`,
  );
  expect(open).toEqual([]);
  const service = await rows(
    `SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
       AND NOT has_function_privilege('service_role', oid, 'EXECUTE')`,
  );
  expect(service).toEqual([]);
});

test('what repairs the local API is not there', async () => {
  expect(await rows('SELECT evtname FROM pg_event_trigger')).toEqual([]);
});

test('a sign-up makes a profile, and a course can be generated', async () => {
  const [id, course] = [randomUUID(), randomUUID()];
  await db.query('INSERT INTO auth.users (id, email) VALUES ($1, $2)', [id, 'a@b.test']);
  expect(await rows('SELECT tier, role FROM user_profiles')).toEqual([{ tier: 'FREE', role: 'user' }]);
  await db.query("INSERT INTO courses (id, user_id, title) VALUES ($1, $2, 'Курс')", [course, id]);
  const call =
    "SELECT update_course_progress($1, 1, 'completed', 'м', p_metadata => $2) ->> 'percentage' AS percentage";
  const { rows: answer } = await db.query(call, [course, { generation_id: 'course-gen-hosted' }]);
  expect(answer).toEqual([{ percentage: '20' }]);
});

test('counting what is in flight reads only what is in flight, however many generations have ended', async () => {
  await db.query(
    `INSERT INTO generations (id, course_id, user_id, tier, weight, brief, status, finished_at)
     SELECT 'old-' || n, c.id, c.user_id, 'FREE', 1, '{}', 'completed', now() FROM courses AS c, generate_series(1, 5000) AS n`,
  );
  await db.query('ANALYZE generations');
  const active = "status NOT IN ('completed', 'failed', 'cancelled')";
  for (const where of [active, `user_id = (SELECT user_id FROM courses LIMIT 1) AND ${active}`]) {
    const [answer] = await rows(`EXPLAIN (FORMAT JSON) SELECT count(*) FROM generations WHERE ${where}`);
    const plan = JSON.stringify(answer, null, 1);
    expect(plan).toContain('"Index Name": "generations_active_by_user"');
    expect(plan).not.toMatch(/"Seq Scan"[^}]*"Relation Name": "generations"/);
  }
});

test('each foreign key has an index, so that deleting does not read whole tables', async () => {
  const missing = await rows(
    `SELECT conrelid::regclass::text AS "table", conname FROM pg_constraint
     WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND NOT EXISTS (
       SELECT FROM pg_index WHERE indrelid = conrelid AND indpred IS NULL
         AND (indkey::int2[])[0:cardinality(conkey) - 1] = conkey
     )`,
  );
  expect(missing).toEqual([]);
});
