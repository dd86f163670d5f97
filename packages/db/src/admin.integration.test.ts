import { randomUUID } from 'node:crypto';
import { signUp } from '@megacampus/test-kit/users';
import pg from 'pg';
import { expect, test } from 'vitest';
import { createAdminStore } from './admin.ts';
import { createServiceClient } from './clients.ts';
import { newId, useDatabase } from './testing/database.ts';
import { callers, rest } from './testing/rest.ts';

const db = useDatabase();
const admin = createAdminStore(createServiceClient({ url: db.stack.supabaseUrl, key: db.stack.serviceKey }));

async function addAdmin(): Promise<string> {
  const userId = await db.addUser('FREE');
  await db.rows("UPDATE user_profiles SET role = 'admin' WHERE id = $1", [userId]);
  return userId;
}

test('no function for admins can be called with a token, not even by an admin, nor in the name of one who is none', async () => {
  const [user, boss] = await Promise.all([signUp(db.stack, 'PREMIUM'), signUp(db.stack, 'FREE', { role: 'admin' })]);
  const as = callers(db.stack);
  const names = await db.rows<{ name: string }>(
    "SELECT proname AS name FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'admin\\_%'",
  );
  expect(names.length).toBeGreaterThanOrEqual(10);
  const limit = { p_actor: boss.userId, p_limit: 9999 };
  const tier = { p_actor: boss.userId, p_user_id: user.userId, p_tier: 'PREMIUM' };
  const role = { p_actor: boss.userId, p_user_id: user.userId, p_role: 'admin' };
  const calls = { admin_set_global_limit: limit, admin_set_tier: tier, admin_set_role: role };
  for (const caller of [as.anon, as.user(user.accessToken), as.user(boss.accessToken)]) {
    for (const { name } of names) {
      const body = calls[name as keyof typeof calls] ?? { p_actor: boss.userId };
      expect((await rest(db.stack, caller, 'POST', `rpc/${name}`, body)).status, name).toBeGreaterThanOrEqual(400);
    }
  }
  expect(await db.one('SELECT role FROM user_profiles WHERE id = $1', [user.userId])).toEqual({ role: 'user' });

  const forbidden = expect.objectContaining({ code: 'forbidden' });
  await expect(admin.overview(user.userId)).rejects.toEqual(forbidden);
  await expect(admin.listGenerations(user.userId, { limit: 5 })).rejects.toEqual(forbidden);
  await expect(admin.loadGeneration(user.userId, 'x')).rejects.toEqual(forbidden);
  await expect(admin.listUsers(user.userId, { limit: 5 })).rejects.toEqual(forbidden);
  await expect(admin.listEvents(user.userId, { limit: 5 })).rejects.toEqual(forbidden);
  await expect(admin.setRole(user.userId, user.userId, 'admin')).rejects.toEqual(forbidden);
  await expect(admin.setTier(user.userId, user.userId, 'PREMIUM')).rejects.toEqual(forbidden);
  await expect(admin.setGlobalLimit(user.userId, 7)).rejects.toEqual(forbidden);
});

test('tier and role are changed with a record of who did it; never the own role', async () => {
  const [boss, userId] = await Promise.all([addAdmin(), db.addUser('FREE')]);
  expect(await admin.setTier(boss, userId, 'PREMIUM')).toBe('changed');
  expect(await admin.setTier(boss, userId, 'PREMIUM')).toBe('unchanged');
  expect(await admin.setTier(boss, randomUUID(), 'PREMIUM')).toBe('not_found');
  expect(await admin.setRole(boss, userId, 'admin')).toBe('changed');
  expect(await admin.setRole(boss, boss, 'user')).toBe('own_role');
  const done = await db.rows(
    'SELECT action, before, after FROM admin_actions WHERE actor_id = $1 AND target = $2 ORDER BY id',
    [boss, userId],
  );
  expect(done).toEqual([
    { action: 'tier', before: 'FREE', after: 'PREMIUM' },
    { action: 'role', before: 'user', after: 'admin' },
  ]);
  const { courseId } = await db.addCourse(userId);
  expect(await db.one('SELECT tier FROM admissions WHERE id = $1', [courseId])).toEqual({ tier: 'PREMIUM' });
});

test('of two admins who take the role from each other at once, one stays', async () => {
  const [one, two] = await Promise.all([addAdmin(), addAdmin()]);
  const results = await Promise.allSettled([admin.setRole(one, two, 'user'), admin.setRole(two, one, 'user')]);
  expect(results.map((result) => (result.status === 'fulfilled' ? result.value : 'refused')).sort()).toEqual([
    'changed',
    'refused',
  ]);
});

test('a bad global limit is refused by the database', async () => {
  const boss = await addAdmin();
  for (const limit of [0, -1, 10_001]) await expect(admin.setGlobalLimit(boss, limit)).rejects.toThrow();
});

test('generations are found by id, request, address and words of the title, and paged without gaps', async () => {
  const boss = await addAdmin();
  const word = `слово${randomUUID().slice(0, 8)}`;
  const userId = await db.addUser();
  const ids: string[] = [];
  for (let index = 0; index < 5; index += 1) {
    const { courseId } = await db.addCourse(userId);
    await db.rows('UPDATE courses SET title = $2 WHERE id = $1', [
      courseId,
      `Курс про ${index % 2 === 0 ? word : word.toUpperCase()} и ещё ${index}`,
    ]);
    const { generationId } = await db.outline(courseId, 1);
    ids.unshift(generationId);
  }
  const find = async (search: string) => (await admin.listGenerations(boss, { search, limit: 9 })).map(({ id }) => id);
  expect(await find(word.toUpperCase())).toEqual(ids);
  expect(await find(word.slice(0, -2))).toEqual(ids);
  expect(await find(userId.slice(0, 30))).toEqual(ids);
  expect(await find(ids[2] ?? '')).toEqual([ids[2]]);
  expect(await find(`${word} нетакого`)).toEqual([]);
  expect(await find("' & | ! :* (")).toEqual([]);
  await db.rows('UPDATE generations SET request_id = $2 WHERE id = $1', [ids[1], `request-${word}`]);
  expect(await find(`request-${word}`)).toEqual([ids[1]]);

  const seen: string[] = [];
  for (let after = null; ; ) {
    const page = await admin.listGenerations(boss, { search: word, status: 'in_flight', after, limit: 2 });
    seen.push(...page.map(({ id }) => id));
    const last = page.at(-1);
    if (last === undefined) break;
    after = { at: last.createdAt, id: last.id } as never;
  }
  expect(seen).toEqual(ids);
  expect(await admin.listGenerations(boss, { search: word, status: 'completed', limit: 2 })).toEqual([]);
  expect(await admin.listGenerations(boss, { search: word, tier: 'FREE', limit: 2 })).toEqual([]);
});

test('a trace has the steps, lessons, events, webhooks and usage of its generation', async () => {
  const boss = await addAdmin();
  const { courseId, userId } = await db.addCourse();
  const { generationId, lessonIds } = await db.outline(courseId, 2);
  const usage = { call: 'lesson', model: 'm', inputTokens: 10, outputTokens: 5, estimated: false, cost: 0.1 };
  await db.store.recordModelUsage({ generationId, lessonId: lessonIds[1] ?? '', usage });
  await db.rows(
    "INSERT INTO system_metrics (event_type, severity, course_id, job_id) VALUES ('worker_timeout', 'error', $1, $2)",
    [courseId, generationId],
  );
  await db.rows(
    "INSERT INTO webhook_deliveries (generation_id, course_id, url, payload, last_error) VALUES ($1, $2, 'https://x.test/', '{\"status\":\"failed\"}', 'refused')",
    [generationId, courseId],
  );
  const trace = await admin.loadGeneration(boss, generationId);
  expect(trace).toMatchObject({ id: generationId, courseId, userId, status: 'generating_content' });
  expect(trace?.steps?.map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
  expect(trace?.lessons.map(({ position }) => position)).toEqual([1, 2]);
  expect(trace?.events).toMatchObject([{ type: 'worker_timeout', jobId: generationId }]);
  expect(trace?.webhooks).toMatchObject([{ status: 'failed', lastError: 'refused', deliveredAt: null }]);
  expect(trace?.usage).toMatchObject([{ call: 'lesson', position: 2, requests: 1, inputTokens: 10, cost: 0.1 }]);
  expect(await admin.loadGeneration(boss, newId())).toBeNull();
});

test('events are counted by hour and listed by type and severity', async () => {
  const boss = await addAdmin();
  const at = '2001-02-03T04:05:06Z';
  await db.rows(
    `INSERT INTO system_metrics (event_type, severity, "timestamp")
     VALUES ('worker_timeout', 'error', $1), ('worker_timeout', 'error', $1::timestamptz + interval '1 hour'),
       ('job_rollback', 'error', $1)`,
    [at],
  );
  const from = '2001-01-01T00:00:00Z';
  const counts = await admin.countEvents(boss, { type: 'worker_timeout', from, unit: 'hour' });
  expect(counts.slice(0, 2).map(({ at: hour, count }) => [new Date(hour).toISOString(), count])).toEqual([
    ['2001-02-03T04:00:00.000Z', 1],
    ['2001-02-03T05:00:00.000Z', 1],
  ]);
  const [event] = await admin.listEvents(boss, { type: 'worker_timeout', severity: 'error', from, limit: 1 });
  expect(event?.type).toBe('worker_timeout');
  expect(await admin.listEvents(boss, { type: 'worker_timeout', severity: 'info', limit: 1 })).toEqual([]);
});

test('a page of generations and a search read few rows however many there are', async () => {
  const client = new pg.Client({ connectionString: db.stack.databaseUrl });
  await client.connect();
  try {
    await client.query('BEGIN');
    const { rows } = await client.query(
      "SELECT id FROM user_profiles WHERE role = 'admin' UNION ALL SELECT $1::uuid LIMIT 1",
      [await addAdmin()],
    );
    await client.query(
      `WITH owner AS (SELECT id FROM auth.users LIMIT 1), course AS (
         INSERT INTO courses (user_id, title)
         SELECT owner.id, 'Наполнение ' || number || ' w' || number FROM owner, generate_series(1, 10000) AS number
         RETURNING id, user_id
       )
       INSERT INTO generations (id, course_id, user_id, tier, weight, status, brief, created_at)
       SELECT 'fill-' || id, id, user_id, 'FREE', 1, 'completed', '{}', now() - random() * interval '900 days' FROM course`,
    );
    await client.query('ANALYZE generations');
    await client.query('ANALYZE courses');
    const scans = async () =>
      (
        await client.query(
          "SELECT sum(seq_scan)::integer AS scans FROM pg_stat_xact_user_tables WHERE relname IN ('generations', 'courses')",
        )
      ).rows[0]?.scans;
    const before = await scans();
    const list = 'SELECT jsonb_array_length(admin_list_generations($1, $2, $3, $4, NULL, NULL, $5, $6, 25)) AS found';
    const actor = rows[0]?.id;
    const year = new Date(Date.now() - 365 * 24 * 3600e3).toISOString();
    for (const [search, status, tier, at, id, found] of [
      [null, null, null, null, null, 25],
      [null, null, null, year, 'fill', 25],
      [null, 'completed', null, null, null, 25],
      [null, null, 'FREE', year, 'fill', 25],
      ['w4321', null, null, null, null, 1],
    ]) {
      expect((await client.query(list, [actor, search, status, tier, at, id])).rows).toEqual([{ found }]);
      expect(await scans(), `${search} ${status} ${tier} ${at}`).toBe(before);
    }
  } finally {
    await client.query('ROLLBACK');
    await client.end();
  }
});
