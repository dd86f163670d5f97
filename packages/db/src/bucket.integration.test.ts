import { randomUUID } from 'node:crypto';
import { PermanentFault } from '@megacampus/domain/errors';
import { tierPolicy } from '@megacampus/domain/tiers';
import { signUp, type TestUser } from '@megacampus/test-kit/users';
import { createClient } from '@supabase/supabase-js';
import { beforeAll, describe, expect, test } from 'vitest';
import { createServiceClient, createUserClient, type DbClient } from './clients.ts';
import { createDocumentStore, DOCUMENT_BUCKET } from './documents.ts';
import { useDatabase } from './testing/database.ts';

const db = useDatabase();
const { supabaseUrl: url, publishableKey: key } = db.stack;
const service = createDocumentStore(db.client);
const clientOf = (user: TestUser) => createUserClient({ url, key, accessToken: user.accessToken });
const bucket = (client: DbClient) => client.storage.from(DOCUMENT_BUCKET);
/** Calls as if no key had been handed out to the caller: not even the publishable one. */
const keyless: DbClient = createClient(url, key, {
  auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
  global: {
    fetch: (input, init) => {
      const headers = new Headers(init?.headers);
      for (const name of ['apikey', 'authorization']) headers.delete(name);
      return fetch(input, { ...init, headers });
    },
  },
});
const text = (length = 12) => new TextEncoder().encode('x'.repeat(length));

let owner: TestUser;
let attacker: TestUser;
let mine: DbClient;
let theirs: DbClient;
let anon: DbClient;
let courseId: string;
let attackersCourse: string;
let path: string;

beforeAll(async () => {
  [owner, attacker] = await Promise.all([signUp(db.stack, 'PREMIUM'), signUp(db.stack, 'PREMIUM')]);
  [mine, theirs, anon] = [clientOf(owner), clientOf(attacker), createServiceClient({ url, key })];
  ({ courseId } = await db.addCourse(owner.userId));
  attackersCourse = (await db.addCourse(attacker.userId)).courseId;
  path = `${owner.userId}/${courseId}/secret.md`;
  await db.admitUpload(owner.userId, path);
  const { error } = await bucket(mine).upload(path, new TextEncoder().encode('тайна'));
  expect(error).toBeNull();
});

/** What Postgres can't store is refused anyway. */
const admitForAttacker = async (name: string) => {
  if (!name.includes('\0')) await db.admitUpload(attacker.userId, name);
};
const still = async () => new TextDecoder().decode((await service.download(path)) ?? new Uint8Array());

test('the bucket is private and holds no more than the largest file of any tier', async () => {
  const bucketRow = await db.one('SELECT public, file_size_limit::int AS size FROM storage.buckets WHERE id = $1', [
    DOCUMENT_BUCKET,
  ]);
  expect(bucketRow).toEqual({ public: false, size: tierPolicy('PREMIUM').maxFileSizeBytes });
  for (const place of ['public/', 'authenticated/', '']) {
    const answer = await fetch(`${url}/storage/v1/object/${place}${DOCUMENT_BUCKET}/${path}`);
    expect(answer.status, place).toBeGreaterThanOrEqual(400);
    await answer.body?.cancel();
  }
});

test('its owner writes, lists, reads and deletes', async () => {
  const own = `${owner.userId}/${courseId}/${randomUUID()}.md`;
  await db.admitUpload(owner.userId, own);
  expect((await bucket(mine).upload(own, text())).error).toBeNull();
  const listed = await bucket(mine).list(`${owner.userId}/${courseId}`);
  expect(listed.data?.map(({ name }) => name.split('/').at(-1))).toContain(own.split('/').at(-1));
  expect(await (await bucket(mine).download(own)).data?.text()).toBe('x'.repeat(12));
  expect((await bucket(mine).remove([own])).data).toHaveLength(1);
  expect(await service.download(own)).toBeNull();
});

describe.each<[string, () => DbClient]>([
  ['another user', () => theirs],
  ['the anon key', () => anon],
  ['nobody, without any key,', () => keyless],
])('%s', (_, client) => {
  test('cannot read', async () => {
    expect((await bucket(client()).download(path)).error).not.toBeNull();
    expect((await bucket(client()).createSignedUrl(path, 60)).error).not.toBeNull();
    expect((await bucket(client()).info(path)).error).not.toBeNull();
  });

  test('cannot list', async () => {
    for (const folder of ['', owner.userId, `${owner.userId}/`, `${owner.userId}/${courseId}`, `./${owner.userId}`]) {
      const { data } = await bucket(client()).list(folder);
      expect(JSON.stringify(data ?? []), folder).not.toMatch(new RegExp(`secret|${owner.userId}|${courseId}`));
    }
    expect((await client().storage.listBuckets()).data ?? []).toEqual([]);
  });

  test('cannot write, overwrite, move, copy or delete', async () => {
    const folder = `${owner.userId}/${courseId}`;
    const files = bucket(client());
    // Their own courses aside, not even with the word of the server.
    for (const name of ['planted', 'signed']) await admitForAttacker(`${folder}/${name}.md`);
    expect((await files.upload(`${folder}/planted.md`, text())).error).not.toBeNull();
    expect((await files.upload(path, text(), { upsert: true })).error).not.toBeNull();
    expect((await files.update(path, text())).error).not.toBeNull();
    expect((await files.move(path, `${attacker.userId}/${attackersCourse}/stolen.md`)).error).not.toBeNull();
    expect((await files.copy(path, `${attacker.userId}/${attackersCourse}/copied.md`)).error).not.toBeNull();
    expect((await files.createSignedUploadUrl(`${folder}/signed.md`)).error).not.toBeNull();
    expect((await files.remove([path])).data ?? []).toEqual([]);
    expect(await still()).toBe('тайна');
    const stored = await db.rows("SELECT name FROM storage.objects WHERE name LIKE $1 || '/%'", [folder]);
    expect(stored).toEqual([{ name: path }]);
  });
});

test.each<[string, () => string]>([
  ['of another user', () => `${owner.userId}/${courseId}/a.md`],
  ['of another user in the own course', () => `${owner.userId}/${attackersCourse}/a.md`],
  ["in another's course", () => `${attacker.userId}/${courseId}/a.md`],
  ['in no course', () => `${attacker.userId}/${randomUUID()}/a.md`],
  ['without a course', () => `${attacker.userId}/a.md`],
  ['without a folder', () => 'a.md'],
  ['too deep', () => `${attacker.userId}/${attackersCourse}/b/a.md`],
  ['climbing out', () => `${attacker.userId}/${attackersCourse}/../../${owner.userId}/${courseId}/a.md`],
  ['climbing, encoded', () => `${attacker.userId}/${attackersCourse}/..%2f..%2f${owner.userId}%2f${courseId}%2fa.md`],
  ['climbing, the Windows way', () => `${attacker.userId}/${attackersCourse}/..\\..\\a.md`],
  ['with an empty part', () => `${attacker.userId}//${attackersCourse}/a.md`],
  ['beginning with a slash', () => `/${owner.userId}/${courseId}/a.md`],
  ['of dots', () => `${attacker.userId}/${attackersCourse}/..`],
  ['with NUL', () => `${attacker.userId}/${attackersCourse}/a\0/../../${owner.userId}/a.md`],
  ['with NUL, encoded', () => `${attacker.userId}/${attackersCourse}/a%00.md`],
  ['climbing, encoded twice', () => `${attacker.userId}/${attackersCourse}/..%252f..%252f${owner.userId}%252fa.md`],
  [
    'climbing in full-width dots',
    () => `${attacker.userId}/${attackersCourse}/．．/．．/${owner.userId}/${courseId}/a.md`,
  ],
  ['with a slash of another script', () => `${attacker.userId}/${attackersCourse}/..∕..∕${owner.userId}∕a.md`],
  ['with letters that turn around', () => `${attacker.userId}/${attackersCourse}/a\u202Edm.exe`],
  ['in other letters', () => `${attacker.userId.toUpperCase()}/${attackersCourse}/a.md`],
])('a path %s is refused, or stays within the own folder', async (_, name) => {
  await admitForAttacker(name());
  await bucket(theirs).upload(name(), text());
  const stored = await db.rows<{ name: string }>('SELECT name FROM storage.objects WHERE owner_id = $1', [
    attacker.userId,
  ]);
  const ownFolder = new RegExp(`^${attacker.userId}/${attackersCourse}/[^/\\\\]+$`);
  for (const object of stored) expect(object.name).toMatch(ownFolder);
  const others = await db.rows("SELECT name FROM storage.objects WHERE name LIKE $1 || '/%'", [owner.userId]);
  expect(others).toEqual([{ name: path }]);
});

describe('documents', () => {
  const add = async (user: TestUser, course: string, name: string, bytes = 12, type = 'md' as 'md' | 'pdf') => {
    const place = `${user.userId}/${course}/${name}`;
    await db.admitUpload(user.userId, place);
    const { error } = await bucket(clientOf(user)).upload(place, text(bytes));
    if (error !== null) throw error;
    const document = { courseId: course, name, type, sizeBytes: 1, path: place };
    return createDocumentStore(clientOf(user)).add(document);
  };

  test('an uploaded file becomes a document, with its real size, and its path is taken', async () => {
    const user = await signUp(db.stack, 'BASIC');
    const { courseId: course } = await db.addCourse(user.userId);
    const id = await add(user, course, 'a.md', 1_234);
    const [document] = await service.list(course);
    expect(document).toMatchObject({ id, name: 'a.md', type: 'md', sizeBytes: 1_234, status: 'uploaded' });
    expect((await db.course(course)).generation_progress.files).toMatchObject([{ id, name: 'a.md', size: 1_234 }]);
    // Exchanging the file behind the checks: taken away, it cannot be put back under the same name.
    await db.admitUpload(user.userId, document?.path ?? '');
    await bucket(clientOf(user)).remove([document?.path ?? '']);
    expect((await bucket(clientOf(user)).upload(document?.path ?? '', text(99))).error).not.toBeNull();
  });

  test('limits of the tier hold in the database', async () => {
    const user = await signUp(db.stack, 'BASIC');
    const { courseId: course } = await db.addCourse(user.userId);
    await expect(add(user, course, 'a.pdf', 12, 'pdf')).rejects.toBeInstanceOf(PermanentFault);
    await expect(add(user, course, 'big.md', tierPolicy('BASIC').maxFileSizeBytes + 1)).rejects.toThrow('bytes');
    await add(user, course, 'a.md');
    await expect(add(user, course, 'b.md')).rejects.toThrow('BASIC tier allows 1 documents per course');
    const free = await signUp(db.stack, 'FREE');
    const freeCourse = (await db.addCourse(free.userId)).courseId;
    await expect(add(free, freeCourse, 'a.md')).rejects.toThrow();
    expect(await service.list(freeCourse)).toEqual([]);
  });

  test('parallel uploads do not pass the limit together', async () => {
    const { courseId: course, userId } = await db.addCourse(undefined, 'STANDARD');
    const results = await Promise.allSettled(Array.from({ length: 12 }, () => db.addDocument(userId, course)));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect((await db.course(course)).generation_progress.files).toHaveLength(3);
  });

  test('nobody makes a document of what is not theirs or not there', async () => {
    const attempts = [
      { courseId, path },
      { courseId: attackersCourse, path },
      { courseId: attackersCourse, path: `${attacker.userId}/${attackersCourse}/missing.md` },
    ];
    for (const attempt of attempts) {
      const document = { ...attempt, name: 'x.md', type: 'md' as const, sizeBytes: 1 };
      await expect(createDocumentStore(theirs).add(document)).rejects.toThrow();
    }
    expect(await service.list(attackersCourse)).toEqual([]);
  });

  test('the list of files follows every change of the table', async () => {
    const { courseId: course, userId } = await db.addCourse();
    const first = await db.addDocument(userId, course, 'a.md');
    await db.addDocument(userId, course, 'b.md');
    const names = async () => (await db.course(course)).generation_progress.files.map(({ name }) => name);
    expect(await names()).toEqual(['a.md', 'b.md']);
    expect((await db.course(course)).generation_progress).toMatchObject({ has_documents: true, percentage: 0 });
    await db.rows("UPDATE course_documents SET name = 'c.md' WHERE id = $1", [first]);
    expect(await names()).toEqual(['c.md', 'b.md']);
    await service.markFailed(first, 'не читается');
    expect((await service.list(course))[0]).toMatchObject({ status: 'failed', error: 'не читается' });
    const unread = { pages: [3, 7], pictures: 2 };
    await service.noteUnread(first, unread);
    expect((await service.list(course))[0]?.unread).toEqual(unread);
    await service.noteUnread(first, null);
    expect((await service.list(course))[0]?.unread).toBeNull();
    await db.rows('DELETE FROM course_documents WHERE course_id = $1', [course]);
    expect(await names()).toEqual([]);
    expect((await db.course(course)).generation_progress.has_documents).toBe(false);
  });

  test('a document is removed with its file', async () => {
    const user = await signUp(db.stack, 'PREMIUM');
    const { courseId: course } = await db.addCourse(user.userId);
    const id = await add(user, course, 'a.md');
    const store = createDocumentStore(clientOf(user));
    expect(await createDocumentStore(theirs).remove(id)).toBe(false);
    expect(await store.remove(id)).toBe(true);
    expect(await store.remove(id)).toBe(false);
    expect(await service.download(`${user.userId}/${course}/a.md`)).toBeNull();
  });
});
