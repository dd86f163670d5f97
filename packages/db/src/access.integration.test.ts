import { randomUUID } from 'node:crypto';
import { signUp, type TestUser } from '@megacampus/test-kit/users';
import { beforeAll, describe, expect, test } from 'vitest';
import { contentOf, useDatabase } from './testing/database.ts';
import { type Caller, callers, rest } from './testing/rest.ts';

/** What each table is to its owner, and how an attacker would go for the owner's rows. A new table must be added. */
const TABLES = {
  user_profiles: { owner: 'reads', where: 'id = $1', change: { locale: 'en' } },
  tier_policies: { owner: 'reads', where: "tier = 'FREE'", change: { weight: 99 }, public: true },
  courses: { owner: 'reads', where: 'user_id = $1', change: { title: 'Захвачено' } },
  course_documents: { owner: 'reads', where: 'user_id = $1', change: { name: 'захвачено.md' } },
  document_uploads: { owner: 'reads', where: 'user_id = $1', change: { admitted_until: '2100-01-01T00:00:00Z' } },
  document_chunks: { owner: 'reads', where: COURSE_OF('course_id'), change: { content: 'захвачено' } },
  generations: { owner: 'reads', where: 'user_id = $1', change: { status: 'failed' } },
  sections: { owner: 'reads', where: COURSE_OF('course_id'), change: { title: 'захвачено' } },
  lessons: { owner: 'reads', where: COURSE_OF('course_id'), change: { content: 'захвачено' } },
  quiz_questions: { owner: 'reads', where: GENERATION_OF('generation_id'), change: { prompt: 'захвачено' } },
  citations: { owner: 'reads', where: GENERATION_OF('generation_id'), change: { quote: 'захвачено' } },
  system_metrics: { owner: 'nothing', where: 'user_id = $1', change: { severity: 'info' } },
  webhook_deliveries: { owner: 'nothing', where: COURSE_OF('course_id'), change: { url: 'https://evil.test/' } },
  model_usage: { owner: 'reads', where: GENERATION_OF('generation_id'), change: { cost: 0 } },
  lesson_revisions: { owner: 'nothing', where: COURSE_OF('course_id'), change: { content: 'захвачено' } },
  lesson_progress: { owner: 'reads', where: 'user_id = $1', change: { read_at: null } },
  course_shares: { owner: 'reads', where: COURSE_OF('course_id'), change: { token: 'x'.repeat(64) } },
  generation_incidents: { owner: 'reads', where: GENERATION_OF('generation_id'), change: { kind: 'outage' } },
  chunk_embeddings: { owner: 'nothing', where: COURSE_OF('course_id'), change: { model: 'захвачено' } },
  admin_actions: { owner: 'nothing', where: "target = 'access_test'", change: { after: 'захвачено' } },
  settings: { owner: 'nothing', where: "key = 'access_test'", change: { value: 1000 } },
} as const satisfies Record<string, { owner: 'reads' | 'nothing'; where: string; change: object; public?: boolean }>;
type Table = keyof typeof TABLES;
const NAMES = Object.keys(TABLES) as Table[];

function COURSE_OF(column: string) {
  return `${column} IN (SELECT id FROM courses WHERE user_id = $1)`;
}
function GENERATION_OF(column: string) {
  return `${column} IN (SELECT id FROM generations WHERE user_id = $1)`;
}

const db = useDatabase();
const as = callers(db.stack);
let owner: TestUser;
let attacker: TestUser;
let admin: TestUser;
let courseId: string;

beforeAll(async () => {
  [owner, attacker, admin] = await Promise.all([
    signUp(db.stack, 'PREMIUM'),
    signUp(db.stack, 'PREMIUM'),
    signUp(db.stack, 'PREMIUM', { role: 'admin' }),
  ]);
  ({ courseId } = await db.addCourse(owner.userId));
  const documentId = await db.addDocument(owner.userId, courseId);
  await db.admitUpload(owner.userId, `${owner.userId}/${courseId}/soon.md`);
  const chunks = [{ position: 0, headingPath: [], page: null, start: 0, end: 5, text: 'тайна' }];
  await db.store.replaceChunks({ documentId, language: 'ru', chunks });
  const passageIds = (await db.store.listPassages(courseId)).map(({ id }) => id);
  const vectors = passageIds.map((id) => ({ id, vector: [1, 0] }));
  await db.store.saveEmbeddings({ courseId, model: 'm', vectors });
  const { generationId, lessonIds } = await db.outline(courseId, 2, passageIds);
  await db.store.saveLesson({ lessonId: lessonIds[0] ?? '', generationId, content: contentOf('тайна', passageIds) });
  await db.rows(
    "INSERT INTO webhook_deliveries (generation_id, course_id, url, payload) VALUES ($1, $2, 'https://x.test/', '{}')",
    [generationId, courseId],
  );
  await db.rows(
    "INSERT INTO system_metrics (event_type, severity, user_id, course_id) VALUES ('job_rollback', 'error', $1, $2)",
    [owner.userId, courseId],
  );
  await db.rows(
    "INSERT INTO model_usage (generation_id, call, model, input_tokens, output_tokens) VALUES ($1, 'lesson', 'm', 1, 1)",
    [generationId],
  );
  await db.rows('SELECT set_lesson_read($1, $2, true)', [owner.userId, lessonIds[0]]);
  await db.rows('SELECT private.keep_revision(lesson) FROM lessons AS lesson WHERE id = $1', [lessonIds[0]]);
  await db.rows("INSERT INTO course_shares (course_id, token) VALUES ($1, repeat('t', 64))", [courseId]);
  await db.rows("SELECT record_incident($1, 'retry', 'text_generation', 1)", [generationId]);
  await db.rows("INSERT INTO settings VALUES ('access_test', '1') ON CONFLICT DO NOTHING");
  await db.rows("INSERT INTO admin_actions (action, target) VALUES ('tier', 'access_test')");
});

const owned = (table: Table) => {
  const { where } = TABLES[table];
  return db
    .rows<{ row: Record<string, unknown> }>(
      `SELECT to_jsonb(${table}) AS row FROM ${table} WHERE ${where} ORDER BY 1`,
      where.includes('$1') ? [owner.userId] : [],
    )
    .then((rows) => rows.map(({ row }) => row));
};

/** Every key column of a row, as a filter of the REST API. */
async function filterFor(table: Table, row: Record<string, unknown>): Promise<string> {
  const keys = await db.rows<{ name: string }>(
    `SELECT attname AS name FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
     WHERE indrelid = $1::regclass AND indisprimary`,
    [table],
  );
  return keys.map(({ name }) => `${name}=eq.${row[name]}`).join('&');
}

test('every table is covered here, has row-level security, and no view goes around it', async () => {
  const tables = await db.rows<{ name: string; secured: boolean; kind: string; options: string[] | null }>(
    `SELECT relname AS name, relrowsecurity AS secured, relkind::text AS kind, reloptions AS options
     FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'f', 'v', 'm')`,
  );
  expect(
    tables
      .filter(({ kind }) => 'rpf'.includes(kind))
      .map(({ name }) => name)
      .toSorted(),
  ).toEqual(NAMES.toSorted());
  for (const { name, secured, kind, options } of tables) {
    if ('rpf'.includes(kind)) expect(secured, name).toBe(true);
    else expect(options, name).toContain('security_invoker=true');
  }
});

test('no policy trusts what a user can write into their token, and none but tier_policies is open', async () => {
  const policies = await db.rows<{ tablename: string; roles: string; text: string }>(
    `SELECT tablename, roles::text, coalesce(qual, '') || ' ' || coalesce(with_check, '') AS text
     FROM pg_policies WHERE schemaname IN ('public', 'storage')`,
  );
  expect(policies.length).toBeGreaterThan(15);
  for (const { tablename, roles, text } of policies) {
    expect(roles).toBe('{authenticated}');
    expect(text).not.toMatch(/meta_?data|auth\.jwt/i);
    if (tablename !== 'tier_policies') expect(text).toContain('auth.uid()');
  }
});

describe.each(NAMES)('%s', (table) => {
  const attackers = (): [string, Caller][] => [
    ['another user', as.user(attacker.accessToken)],
    ['an admin', as.user(admin.accessToken)],
    ['the anon key', as.anon],
    ['no key', as.keyless],
  ];

  test('has a row to be protected', async () => {
    expect((await owned(table)).length).toBeGreaterThan(0);
  });

  test('cannot be read by anybody else', async () => {
    const [row] = await owned(table);
    const filter = await filterFor(table, row ?? {});
    for (const [who, caller] of attackers()) {
      const mayRead = who === 'an admin' && (table === 'system_metrics' || table === 'model_usage');
      const isPublic = 'public' in TABLES[table] && who !== 'the anon key' && who !== 'no key';
      for (const path of [`${table}?${filter}`, `${table}?select=*&${filter}`, `${table}?select=count&${filter}`]) {
        const { status, body } = await rest(db.stack, caller, 'GET', path);
        if (mayRead || isPublic) expect(status, `${who}: ${path}`).toBeLessThan(400);
        else if (status < 400) expect([[], [{ count: 0 }]], `${who}: ${path}`).toContainEqual(body);
        else expect([401, 403], `${who}: ${path}`).toContain(status);
      }
    }
  });

  test('cannot be changed, removed or added to by anybody else', async () => {
    const before = await owned(table);
    const row = before[0] ?? {};
    const filter = await filterFor(table, row);
    const { change } = TABLES[table];
    const attack = async ([who, caller]: [string, Caller]) => {
      const refused = async (method: string, path: string, body?: unknown, prefer?: string) => {
        const { status, body: answer } = await rest(db.stack, caller, method, path, body, prefer);
        if (status < 400) expect(answer, `${who}: ${method} ${path}`).toEqual([]);
        else
          expect([400, 401, 403, 404, 409], `${who}: ${method} ${path}: ${JSON.stringify(answer)}`).toContain(status);
      };
      await refused('PATCH', `${table}?${filter}`, change);
      await refused('PATCH', `${table}?${filter}`, row);
      await refused('DELETE', `${table}?${filter}`);
      await refused('PUT', `${table}?${filter}`, { ...row, ...change });
      await refused('POST', table, { ...row, ...change });
      await refused('POST', table, { ...row, ...change, ...('id' in row ? { id: randomUUID() } : {}) });
      await refused('POST', table, { ...row, ...change }, 'resolution=merge-duplicates,return=representation');
      await refused('POST', table, [{ ...row, ...change }], 'missing=default,return=minimal');
    };
    await Promise.all(attackers().map(attack));
    expect(await owned(table)).toEqual(before);
  });

  test('can be read by its owner, or by the server only', async () => {
    const rows = await owned(table);
    const { status, body } = await rest(db.stack, as.user(owner.accessToken), 'GET', `${table}?select=*`);
    if (TABLES[table].owner === 'reads') expect(body).toHaveLength(table === 'tier_policies' ? 5 : rows.length);
    else if (status < 400) expect(body).toEqual([]);
    else expect(status).toBe(403);
  });
});

test('rows of others do not come with embedded tables either', async () => {
  const caller = as.user(attacker.accessToken);
  for (const path of [
    'tier_policies?select=*,user_profiles(*)',
    'courses?select=*,generations(*),lessons(*),course_documents(*)',
  ]) {
    const { body } = await rest(db.stack, caller, 'GET', path);
    expect(JSON.stringify(body)).not.toContain(courseId);
    expect(JSON.stringify(body)).not.toContain(owner.userId);
  }
});

test('admins read metrics, and nobody else', async () => {
  const path = `system_metrics?course_id=eq.${courseId}`;
  expect((await rest(db.stack, as.user(admin.accessToken), 'GET', path)).body).toHaveLength(1);
  expect((await rest(db.stack, as.user(owner.accessToken), 'GET', path)).body).toEqual([]);
});

test('what somebody writes into their metadata at sign-up or later gives them nothing', async () => {
  const headers = { ...as.anon, 'content-type': 'application/json' };
  const wish = { tier: 'PREMIUM', role: 'admin', user_metadata: { tier: 'PREMIUM' }, locale: 'en' };
  const body = JSON.stringify({ email: `${randomUUID()}@test.megacampus.test`, password: 'correct-horse', data: wish });
  const answer = await fetch(`${db.stack.supabaseUrl}/auth/v1/signup`, { method: 'POST', headers, body });
  const { access_token, refresh_token, user } = (await answer.json()) as {
    access_token: string;
    refresh_token: string;
    user: { id: string };
  };
  const caller = as.user(access_token);
  await fetch(`${db.stack.supabaseUrl}/auth/v1/user`, {
    method: 'PUT',
    headers: { ...caller, 'content-type': 'application/json' },
    body: JSON.stringify({ data: wish, role: 'service_role', app_metadata: { role: 'admin' }, aud: 'service_role' }),
  });
  const renewed = await fetch(`${db.stack.supabaseUrl}/auth/v1/token?grant_type=refresh_token`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ refresh_token }),
  });
  const { access_token: fresh } = (await renewed.json()) as { access_token: string };
  const claims = JSON.parse(Buffer.from(fresh.split('.')[1] ?? '', 'base64url').toString()) as object;
  expect(claims).toMatchObject({ role: 'authenticated', aud: 'authenticated', sub: user.id });
  const profile = await db.one('SELECT tier, role, locale FROM user_profiles WHERE id = $1', [user.id]);
  expect(profile).toEqual({ tier: 'FREE', role: 'user', locale: 'en' });
  for (const token of [access_token, fresh]) {
    const metrics = await rest(db.stack, as.user(token), 'GET', 'system_metrics?select=*');
    expect(metrics.body).toEqual([]);
    expect((await rest(db.stack, as.user(token), 'GET', 'settings?select=*')).status).toBe(403);
  }
});
