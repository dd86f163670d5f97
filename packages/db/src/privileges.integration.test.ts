import { randomUUID } from 'node:crypto';
import { makeSlug } from '@megacampus/domain/slug';
import { signUp, type TestUser } from '@megacampus/test-kit/users';
import { beforeAll, describe, expect, test } from 'vitest';
import { useDatabase } from './testing/database.ts';
import { readPrivileges, WANTED_PRIVILEGES } from './testing/privileges.ts';
import { callers, rest } from './testing/rest.ts';

const db = useDatabase();
const as = callers(db.stack);
let owner: TestUser;
let courseId: string;

beforeAll(async () => {
  owner = await signUp(db.stack, 'PREMIUM');
  ({ courseId } = await db.addCourse(owner.userId));
});

test('anon and authenticated have exactly the listed privileges, also after the API has started', async () => {
  // The API grants at its first request; here it has been asked already.
  await rest(db.stack, as.user(owner.accessToken), 'GET', 'courses');
  expect(await readPrivileges(db.rows)).toEqual(WANTED_PRIVILEGES);
});

test('a grant of everything is put right at once', async () => {
  await db.rows('GRANT ALL ON ALL TABLES IN SCHEMA public TO anon, authenticated');
  await db.rows('GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO anon, authenticated');
  expect(await readPrivileges(db.rows)).toEqual(WANTED_PRIVILEGES);
});

test('many grants at once wait for one another, as when the API gets its first requests together', async () => {
  const grant = () => db.rows('GRANT ALL ON ALL TABLES IN SCHEMA public TO anon, authenticated, service_role');
  await Promise.all(Array.from({ length: 10 }, grant));
  expect(await readPrivileges(db.rows)).toEqual(WANTED_PRIVILEGES);
});

describe('of a course a user writes only the brief', () => {
  const BRIEF = {
    title: 'Новое имя',
    course_description: 'а',
    target_audience: 'б',
    prerequisites: 'в',
    learning_outcomes: ['г'],
    language: 'en',
    style: 'academic',
    difficulty: 'advanced',
    content_strategy: 'create_from_scratch',
    estimated_sections: 2,
    estimated_lessons: 4,
    lesson_duration_minutes: 10,
    output_formats: ['text'],
  };
  const columns = () =>
    db
      .rows<{ name: string }>(
        "SELECT attname AS name FROM pg_attribute WHERE attrelid = 'courses'::regclass AND attnum > 0 AND NOT attisdropped",
      )
      .then((rows) => rows.map(({ name }) => name));
  const stored = () => db.one('SELECT to_jsonb(courses) AS row FROM courses WHERE id = $1', [courseId]);

  test('the whole brief, on insert as on update', async () => {
    const caller = as.user(owner.accessToken);
    const changed = await rest(db.stack, caller, 'PATCH', `courses?id=eq.${courseId}`, BRIEF);
    expect(changed.body).toMatchObject([BRIEF]);
    const added = await rest(db.stack, caller, 'POST', 'courses', BRIEF);
    expect(added).toMatchObject({ status: 201, body: [{ ...BRIEF, user_id: owner.userId, status: 'draft' }] });
    const slug = makeSlug(BRIEF.title, randomUUID().slice(0, 8));
    const named = await rest(db.stack, caller, 'POST', 'courses', { ...BRIEF, slug, user_id: owner.userId });
    expect(named).toMatchObject({ status: 201, body: [{ slug }] });
    const removed = await rest(db.stack, caller, 'DELETE', `courses?slug=eq.${slug}`);
    expect(removed.body).toHaveLength(1);
  });

  test('no other column on update, not even with the value it has', async () => {
    const before = await stored();
    const row = before['row'] as Record<string, unknown>;
    for (const column of await columns()) {
      if (column in BRIEF) continue;
      const change = { [column]: row[column] };
      const { status, body } = await rest(
        db.stack,
        as.user(owner.accessToken),
        'PATCH',
        `courses?id=eq.${courseId}`,
        change,
      );
      expect(status, column).toBe(403);
      expect(body.code, column).toBe('42501');
    }
    expect(await stored()).toEqual(before);
  });

  test('no other column on insert', async () => {
    const { row } = await stored();
    for (const column of await columns()) {
      if (column in BRIEF || column === 'slug' || column === 'user_id') continue;
      const course = { ...BRIEF, [column]: (row as Record<string, unknown>)[column] };
      const { status, body } = await rest(db.stack, as.user(owner.accessToken), 'POST', 'courses', course);
      expect({ status, code: body.code }, column).toEqual({ status: 403, code: '42501' });
    }
  });

  test("not for somebody else: neither given away nor made in another's name", async () => {
    const other = await db.addUser();
    const caller = as.user(owner.accessToken);
    expect((await rest(db.stack, caller, 'PATCH', `courses?id=eq.${courseId}`, { user_id: other })).status).toBe(403);
    expect((await rest(db.stack, caller, 'POST', 'courses', { ...BRIEF, user_id: other })).status).toBe(403);
  });
});

test('of a profile a user writes only the language and the name', async () => {
  const caller = as.user(owner.accessToken);
  const path = `user_profiles?id=eq.${owner.userId}`;
  for (const change of [{ tier: 'PREMIUM' }, { role: 'admin' }, { id: randomUUID() }, { created_at: '2020-01-01' }]) {
    const { status } = await rest(db.stack, caller, 'PATCH', path, change);
    expect(status, JSON.stringify(change)).toBe(403);
    expect((await rest(db.stack, caller, 'PATCH', path, { locale: 'en', ...change })).status).toBe(403);
  }
  const allowed = await rest(db.stack, caller, 'PATCH', path, { locale: 'en', display_name: 'Аня' });
  expect(allowed.body).toMatchObject([{ locale: 'en', display_name: 'Аня', tier: 'PREMIUM', role: 'user' }]);
  expect((await rest(db.stack, caller, 'DELETE', path)).status).toBe(403);
});

describe('functions', () => {
  interface Function {
    readonly name: string;
    readonly schema: string;
    readonly args: string[];
    readonly types: string[];
    readonly isDefiner: boolean;
    readonly config: string[] | null;
    readonly mayExecute: string[];
    readonly toPublic: boolean;
  }
  const functions = () =>
    db.rows<Function>(
      `SELECT proname AS name, nspname AS schema, coalesce(proargnames, '{}') AS args,
         (SELECT coalesce(array_agg(format_type(oid, NULL) ORDER BY n), '{}') FROM unnest(proargtypes) WITH ORDINALITY AS t (oid, n)) AS types,
         prosecdef AS "isDefiner", proconfig AS config,
         ARRAY(SELECT r FROM unnest(ARRAY['anon', 'authenticated', 'service_role']) AS r
               WHERE has_function_privilege(r, pg_proc.oid, 'EXECUTE')) AS "mayExecute",
         proacl IS NULL OR EXISTS (SELECT FROM aclexplode(proacl) WHERE grantee = 0) AS "toPublic"
       FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace
       WHERE nspname IN ('public', 'private')`,
    );

  test('are for the service role only, the helpers for nobody, and none looks anything up by a search path', async () => {
    const all = await functions();
    expect(all.filter(({ schema }) => schema === 'public').length).toBeGreaterThan(15);
    for (const { schema, name, mayExecute, toPublic, config, isDefiner } of all) {
      expect(toPublic, name).toBe(false);
      expect(mayExecute, name).toEqual(schema === 'public' ? ['service_role'] : []);
      expect(config, name).toContain('search_path=""');
      if (schema === 'public') expect(isDefiner, name).toBe(true);
    }
    expect(await db.one("SELECT has_schema_privilege('authenticated', 'private', 'USAGE') AS may")).toEqual({
      may: false,
    });
  });

  test('are refused to everybody else over the API', async () => {
    const values: Record<string, unknown> = {
      uuid: courseId,
      text: 'completed',
      integer: 1,
      bigint: 1,
      boolean: true,
      jsonb: {},
      'uuid[]': [courseId],
      'timestamp with time zone': '2026-01-01T00:00:00Z',
      tier: 'FREE',
      user_role: 'user',
      severity: 'info',
      metric_event: 'job_rollback',
    };
    const before = await db.course(courseId);
    for (const { name, schema, args, types } of await functions()) {
      const body = Object.fromEntries(args.map((arg, index) => [arg, values[types[index] ?? '']]));
      for (const caller of [as.user(owner.accessToken), as.anon, as.keyless]) {
        const { status, body: answer } = await rest(db.stack, caller, 'POST', `rpc/${name}`, body);
        if (schema === 'public') expect([401, 403], `${name}: ${JSON.stringify(answer)}`).toContain(status);
        else expect([401, 404], `${name}: ${JSON.stringify(answer)}`).toContain(status);
      }
    }
    expect(await db.course(courseId)).toEqual(before);
  });
});
