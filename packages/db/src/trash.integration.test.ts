import { randomUUID } from 'node:crypto';
import { signUp, type TestUser } from '@megacampus/test-kit/users';
import { describe, expect, test } from 'vitest';
import { createAdminStore } from './admin.ts';
import { createUserClient } from './clients.ts';
import { DOCUMENT_BUCKET } from './documents.ts';
import { createLessonStore } from './lessons.ts';
import { createReadingStore, createShareStore } from './reading.ts';
import { contentOf, newId, useDatabase } from './testing/database.ts';
import { callers, rest } from './testing/rest.ts';
import { createTrashStore } from './trash.ts';

const db = useDatabase();
const as = callers(db.stack);
const trash = createTrashStore(db.client);
const shares = createShareStore(db.client);

const rowOf = (courseId: string) => db.one('SELECT to_jsonb(courses) AS row FROM courses WHERE id = $1', [courseId]);
const expire = (courseId: string) =>
  db.rows("UPDATE courses SET purge_at = now() - interval '1 second' WHERE id = $1", [courseId]);
const purgeable = async (courseId: string) => (await trash.listPurgeable(100)).includes(courseId);

/** A finished course with a document, its file, and all that hangs on a course. */
async function fullCourse(user: TestUser) {
  const { courseId } = await db.addCourse(user.userId);
  const path = `${user.userId}/${courseId}/a.md`;
  const client = createUserClient({
    url: db.stack.supabaseUrl,
    key: db.stack.publishableKey,
    accessToken: user.accessToken,
  });
  const bucket = client.storage.from(DOCUMENT_BUCKET);
  for (const name of [path, `${path}2`]) await db.admitUpload(user.userId, name);
  expect((await bucket.upload(path, new TextEncoder().encode('тайна'))).error).toBeNull();
  const documentId = await db.addDocument(user.userId, courseId, 'a.md');
  const chunks = [{ position: 0, headingPath: [], page: null, start: 0, end: 5, text: 'тайна' }];
  await db.store.replaceChunks({ documentId, language: 'ru', chunks });
  const passageIds = (await db.store.listPassages(courseId)).map(({ id }) => id);
  const { generationId, lessonIds } = await db.outline(courseId, 1, passageIds);
  const lessonId = lessonIds[0] ?? '';
  await db.store.saveLesson({ lessonId, generationId, content: contentOf('тайна', passageIds) });
  await db.rows("SELECT record_incident($1, 'retry', 'text_generation', 1)", [generationId]);
  await db.rows(
    "INSERT INTO model_usage (generation_id, call, model, input_tokens, output_tokens) VALUES ($1, 'lesson', 'm', 1, 1)",
    [generationId],
  );
  await db.move(courseId, 5, 'completed', { generationId });
  const token = (await shares.share(user.userId, courseId)) ?? '';
  return { courseId, generationId, lessonId, path, token, bucket };
}

test('a course comes back from the trash as it was, however often it is asked', async () => {
  const { userId, courseId } = await db.addCourse();
  await db.addDocument(userId, courseId);
  const before = await rowOf(courseId);
  expect(await trash.trash(userId, courseId, { cancel: false })).toEqual({ outcome: 'trashed', cancelled: null });
  const trashed = await rowOf(courseId);
  expect(await trash.trash(userId, courseId, { cancel: true })).toEqual({ outcome: 'trashed', cancelled: null });
  expect(await rowOf(courseId)).toEqual(trashed);
  expect(await trash.restore(userId, courseId)).toBe(true);
  expect(await trash.restore(userId, courseId)).toBe(true);
  expect(await rowOf(courseId)).toEqual(before);
});

test('the trash is listed page by page, last deleted first', async () => {
  const userId = await db.addUser();
  const ids: string[] = [];
  for (let n = 0; n < 3; n += 1) {
    const { courseId } = await db.addCourse(userId);
    await trash.trash(userId, courseId, { cancel: false });
    ids.unshift(courseId);
  }
  const first = await trash.list(userId, { offset: 0, limit: 2 });
  expect([first.total, ...first.courses.map(({ id }) => id)]).toEqual([3, ids[0], ids[1]]);
  const [course] = first.courses;
  const keptMs = Date.parse(course?.purgeAt ?? '') - Date.parse(course?.deletedAt ?? '');
  expect([course?.title, keptMs]).toEqual(['Курс для проверки', 30 * 24 * 3_600_000]);
  expect((await trash.list(userId, { offset: 2, limit: 2 })).courses.map(({ id }) => id)).toEqual([ids[2]]);
  expect(await trash.list(userId, { offset: 9, limit: 2 })).toEqual({ total: 3, courses: [] });
});

describe('nobody else', () => {
  test('can trash, restore, erase or see a course, not with its id and not over the API', async () => {
    const [owner, attacker, admin] = await Promise.all([
      signUp(db.stack, 'PREMIUM'),
      signUp(db.stack, 'PREMIUM'),
      signUp(db.stack, 'PREMIUM', { role: 'admin' }),
    ]);
    const { courseId } = await db.addCourse(owner.userId);
    expect(await trash.trash(attacker.userId, courseId, { cancel: true })).toBeNull();
    expect((await rowOf(courseId))['row']).toMatchObject({ deleted_at: null });
    await trash.trash(owner.userId, courseId, { cancel: false });
    const before = await rowOf(courseId);
    expect(await trash.restore(attacker.userId, courseId)).toBe(false);
    expect(await trash.erase(attacker.userId, courseId)).toBe(false);
    expect(await trash.list(attacker.userId, { offset: 0, limit: 10 })).toEqual({ total: 0, courses: [] });

    const calls = {
      trash_course: { p_user_id: owner.userId, p_course_id: courseId, p_cancel: true },
      restore_course: { p_user_id: owner.userId, p_course_id: courseId },
      erase_course: { p_user_id: owner.userId, p_course_id: courseId },
      list_trash: { p_user_id: owner.userId, p_offset: 0, p_limit: 10 },
      list_purgeable: { p_limit: 10 },
    };
    // The owner too: it is the server that knows what else has to happen.
    for (const caller of [as.user(attacker.accessToken), as.user(admin.accessToken), as.anon, as.keyless]) {
      for (const [name, body] of [...Object.entries(calls)]) {
        expect([401, 403], name).toContain((await rest(db.stack, caller, 'POST', `rpc/${name}`, body)).status);
      }
      for (const [method, body] of [['GET'], ['PATCH', { deleted_at: null, purge_at: null }], ['DELETE']] as const) {
        const answer = await rest(db.stack, caller, method, `courses?id=eq.${courseId}`, body);
        if (answer.status < 400) expect(answer.body, method).toEqual([]);
      }
    }
    expect(await rowOf(courseId)).toEqual(before);
  });

  test('not even its owner sees or changes anything of a course in the trash, and sees all of it again afterwards', async () => {
    const owner = await signUp(db.stack, 'PREMIUM');
    const { courseId, generationId, path, bucket } = await fullCourse(owner);
    const caller = as.user(owner.accessToken);
    const by = (column: string, value: string) => `select=*&${column}=eq.${value}`;
    const paths = [
      `courses?${by('id', courseId)}`,
      ...['course_documents', 'document_chunks', 'generations', 'sections', 'lessons', 'course_shares'].map(
        (table) => `${table}?${by('course_id', courseId)}`,
      ),
      ...['quiz_questions', 'citations', 'model_usage', 'generation_usage', 'generation_incidents'].map(
        (table) => `${table}?${by('generation_id', generationId)}`,
      ),
    ];
    const read = async () =>
      Object.fromEntries(
        await Promise.all(paths.map(async (at) => [at, (await rest(db.stack, caller, 'GET', at)).body] as const)),
      );
    const all = await read();
    for (const [at, rows] of Object.entries(all)) expect(rows.length, at).toBeGreaterThan(0);

    await trash.trash(owner.userId, courseId, { cancel: false });
    for (const [at, rows] of Object.entries(await read())) expect(rows, at).toEqual([]);
    const title = { title: 'Из корзины' };
    expect((await rest(db.stack, caller, 'PATCH', `courses?id=eq.${courseId}`, title)).body).toEqual([]);
    expect((await rest(db.stack, caller, 'DELETE', `courses?id=eq.${courseId}`)).body).toEqual([]);
    expect((await rest(db.stack, caller, 'DELETE', `course_documents?course_id=eq.${courseId}`)).body).toEqual([]);
    const document = { course_id: courseId, name: 'b.md', size_bytes: 1, type: 'md', path: `${path}2` };
    expect((await rest(db.stack, caller, 'POST', 'course_documents', document)).status).toBeGreaterThanOrEqual(400);
    expect((await bucket.upload(`${path}2`, new Uint8Array([65]))).error).not.toBeNull();
    expect((await bucket.download(path)).error).not.toBeNull();
    await bucket.remove([path]);

    await trash.restore(owner.userId, courseId);
    expect(await read()).toEqual(all);
    expect(await (await bucket.download(path)).data?.text()).toBe('тайна');
  });
});

test('what leads to a course leads nowhere while it is in the trash, and admins see its generations', async () => {
  const owner = await signUp(db.stack, 'PREMIUM');
  const { courseId, generationId, lessonId, token } = await fullCourse(owner);
  const reading = createReadingStore(db.client);
  const lessons = createLessonStore(db.client);
  expect(await shares.courseOf(token)).toMatchObject({ id: courseId });
  await trash.trash(owner.userId, courseId, { cancel: false });
  expect(await shares.courseOf(token)).toBeNull();
  expect(await shares.share(owner.userId, courseId)).toBeNull();
  expect(await reading.setLessonRead(owner.userId, lessonId, true)).toBe(false);
  expect(await reading.listReading(owner.userId)).toEqual([]);
  const edit = { lessonId, expectedVersion: 1, title: 'Новый', content: 'новый' };
  expect((await lessons.edit(owner.userId, edit)).outcome).toBe('not_found');
  const boss = await db.addUser();
  await db.rows("UPDATE user_profiles SET role = 'admin' WHERE id = $1", [boss]);
  expect(await createAdminStore(db.client).loadGeneration(boss, generationId)).toMatchObject({ courseId });
  await trash.restore(owner.userId, courseId);
  expect(await shares.courseOf(token)).toMatchObject({ id: courseId });
});

describe('a generation', () => {
  test('in flight keeps its course out of the trash, unless it may be cancelled: then both happen or neither', async () => {
    const { userId, courseId } = await db.addCourse();
    const { generationId, lessonIds } = await db.outline(courseId, 1);
    const before = await rowOf(courseId);
    expect(await trash.trash(userId, courseId, { cancel: false })).toEqual({ outcome: 'in_flight', generationId });
    expect(await rowOf(courseId)).toEqual(before);
    const outcome = { outcome: 'trashed', cancelled: generationId };
    expect(await trash.trash(userId, courseId, { cancel: true })).toEqual(outcome);
    expect(await db.generation(generationId)).toMatchObject({ status: 'cancelled' });
    const trashed = await rowOf(courseId);
    // What a job that has not heard of it yet would store.
    const content = contentOf('поздно');
    expect(await db.store.saveLesson({ lessonId: lessonIds[0] ?? '', generationId, content })).toMatchObject({
      saved: false,
    });
    expect(await db.step(courseId, 4, 'in_progress', { generationId })).toBeNull();
    expect(await rowOf(courseId)).toEqual(trashed);
    await trash.restore(userId, courseId);
    expect(await db.course(courseId)).toMatchObject({ generation_status: 'cancelled', generation_id: generationId });
  });

  test('does not begin in the trash: there is no such course', async () => {
    const { userId, courseId } = await db.addCourse();
    await trash.trash(userId, courseId, { cancel: false });
    const before = await rowOf(courseId);
    expect(await db.store.loadAdmission(courseId)).toBeNull();
    expect(await db.one('SELECT load_admission($1) AS admission', [courseId])).toEqual({ admission: null });
    expect(await db.step(courseId, 1, 'completed', { generationId: newId() })).toBeNull();
    expect(await db.step(courseId, 1, 'completed')).toBeNull();
    expect(await rowOf(courseId)).toEqual(before);
  });

  test('and a deletion at the same moment: never a course in the trash with work in flight', async () => {
    const rounds = Array.from({ length: 20 }, async (_, round) => {
      const { userId, courseId } = await db.addCourse();
      const acts = [
        () => db.rows('SELECT trash_course($1, $2, true)', [userId, courseId]),
        () => db.step(courseId, 1, 'completed', { generationId: newId() }),
      ];
      await Promise.all((round % 2 === 0 ? acts : acts.toReversed()).map((act) => act()));
      return db.rows(
        `SELECT FROM courses JOIN generations ON course_id = courses.id
         WHERE courses.id = $1 AND deleted_at IS NOT NULL AND generations.status NOT IN ('completed', 'failed', 'cancelled')`,
        [courseId],
      );
    });
    expect((await Promise.all(rounds)).flat()).toEqual([]);
  });
});

describe('the end of the time in the trash', () => {
  test('comes by itself after 30 days: the course is neither shown nor restored any more, and is to be removed', async () => {
    const { userId, courseId } = await db.addCourse();
    await trash.trash(userId, courseId, { cancel: false });
    expect(await purgeable(courseId)).toBe(false);
    await expire(courseId);
    expect(await trash.list(userId, { offset: 0, limit: 10 })).toEqual({ total: 0, courses: [] });
    expect(await trash.restore(userId, courseId)).toBe(false);
    expect(await purgeable(courseId)).toBe(true);
  });

  test('comes at once when its owner says so, and only for a course in the trash', async () => {
    const { userId, courseId } = await db.addCourse();
    expect(await trash.erase(userId, courseId)).toBe(false);
    expect(await purgeable(courseId)).toBe(false);
    await trash.trash(userId, courseId, { cancel: false });
    expect(await trash.erase(userId, courseId)).toBe(true);
    expect(await trash.erase(userId, courseId)).toBe(true);
    expect(await trash.restore(userId, courseId)).toBe(false);
    expect(await purgeable(courseId)).toBe(true);
    expect(await trash.erase(userId, randomUUID())).toBe(false);
  });

  test('passes over a course that somebody is working on at this moment', async () => {
    const { userId, courseId } = await db.addCourse();
    await trash.trash(userId, courseId, { cancel: false });
    await expire(courseId);
    await db.inTransaction(async (query) => {
      await query('SELECT FROM courses WHERE id = $1 FOR NO KEY UPDATE', [courseId]);
      expect(await purgeable(courseId)).toBe(false);
    });
    expect(await purgeable(courseId)).toBe(true);
  });
});

test('a slug stays taken while its course is in the trash', async () => {
  const { userId, courseId } = await db.addCourse();
  await trash.trash(userId, courseId, { cancel: false });
  const again = db.rows(
    "INSERT INTO courses (user_id, title, slug) SELECT user_id, 'Другой', slug FROM courses WHERE id = $1",
    [courseId],
  );
  await expect(again).rejects.toMatchObject({ code: '23505' });
});
