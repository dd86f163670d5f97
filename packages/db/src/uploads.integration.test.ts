import { randomUUID } from 'node:crypto';
import { signUp, type TestUser } from '@megacampus/test-kit/users';
import { beforeAll, describe, expect, test } from 'vitest';
import { createUserClient } from './clients.ts';
import { createDocumentStore, DOCUMENT_BUCKET } from './documents.ts';
import { useDatabase } from './testing/database.ts';
import { callers, rest } from './testing/rest.ts';
import { createTrashStore } from './trash.ts';
import { createUploadStore } from './uploads.ts';

const db = useDatabase();
const uploads = createUploadStore(db.client);
const service = createDocumentStore(db.client);

/** `private.unfinished_uploads_max()` */
const MAX = 30;

let user: TestUser;
let courseId: string;
beforeAll(async () => {
  user = await signUp(db.stack, 'PREMIUM');
  ({ courseId } = await db.addCourse(user.userId));
});

const clientOf = ({ accessToken }: TestUser) =>
  createUserClient({ url: db.stack.supabaseUrl, key: db.stack.publishableKey, accessToken });
const place = (owner = user, course = courseId) => `${owner.userId}/${course}/${randomUUID()}.md`;

/** Whether the bucket took a file from this user. */
async function store(path: string, owner = user): Promise<boolean> {
  const { error } = await clientOf(owner)
    .storage.from(DOCUMENT_BUCKET)
    .upload(path, new Uint8Array([65]));
  return error === null;
}

const isThere = async (path: string) => (await service.download(path)) !== null;

/** As if the upload had been admitted, or its document deleted, so many hours ago. */
const age = (path: string, hours: number) =>
  db.rows('UPDATE document_uploads SET admitted_until = now() - make_interval(hours => $2) WHERE path = $1', [
    path,
    hours - 1,
  ]);

/** As if the file had been stored long ago. */
const ageFile = (path: string) =>
  db.rows("UPDATE storage.objects SET created_at = now() - interval '40 days' WHERE name = $1", [path]);

async function makeDocument(path: string, owner = user, course = courseId) {
  await uploads.admit(owner.userId, course, path);
  expect(await store(path, owner)).toBe(true);
  const name = `${randomUUID()}.md`;
  return createDocumentStore(clientOf(owner)).add({ courseId: course, name, type: 'md', sizeBytes: 1, path });
}

const deleteByRest = ({ accessToken }: TestUser, what: string) =>
  rest(db.stack, callers(db.stack).user(accessToken), 'DELETE', what);

describe('the bucket', () => {
  test('takes a file only where the server has said so, and from that user', async () => {
    const path = place();
    expect(await store(path)).toBe(false);
    expect(await uploads.admit(user.userId, courseId, path)).toBe('admitted');
    expect(await uploads.admit(user.userId, courseId, path)).toBe('admitted');
    expect(await store(place())).toBe(false);
    expect(await store(path, await signUp(db.stack, 'PREMIUM'))).toBe(false);
    expect(await store(path)).toBe(true);
    expect(await store(path)).toBe(false);
  });

  test('takes it within an hour', async () => {
    const path = place();
    await uploads.admit(user.userId, courseId, path);
    await age(path, 1);
    expect(await store(path)).toBe(false);
  });
});

describe('admitting', () => {
  test('is for courses of the user, and for a path within', async () => {
    const other = await db.addCourse();
    expect(await uploads.admit(user.userId, other.courseId, place(user, other.courseId))).toBe('not_found');
    expect(await uploads.admit(user.userId, randomUUID(), place(user, randomUUID())).catch(() => 'refused')).toBe(
      'refused',
    );
    await expect(uploads.admit(user.userId, courseId, `${other.userId}/${other.courseId}/a.md`)).rejects.toThrow();
    const { courseId: trashed } = await db.addCourse(user.userId);
    await createTrashStore(db.client).trash(user.userId, trashed, { cancel: false });
    expect(await uploads.admit(user.userId, trashed, place(user, trashed))).toBe('not_found');
  });

  test('counts what is no document yet, also when many come at once', async () => {
    const owner = await signUp(db.stack, 'PREMIUM');
    const { courseId: course } = await db.addCourse(owner.userId);
    const paths = Array.from({ length: MAX + 10 }, () => place(owner, course));
    const outcomes = await Promise.all(paths.map((path) => uploads.admit(owner.userId, course, path)));
    expect(outcomes.filter((outcome) => outcome === 'admitted')).toHaveLength(MAX);
    expect(outcomes.filter((outcome) => outcome === 'too_many')).toHaveLength(10);
    const admitted = paths.filter((_, index) => outcomes[index] === 'admitted');
    const next = () => uploads.admit(owner.userId, course, place(owner, course));

    // A document is not unfinished any more.
    const [first = '', second = ''] = admitted;
    await store(first, owner);
    expect(await next()).toBe('too_many');
    await createDocumentStore(clientOf(owner)).add({
      courseId: course,
      name: 'a.md',
      type: 'md',
      sizeBytes: 1,
      path: first,
    });
    expect(await next()).toBe('admitted');
    expect(await next()).toBe('too_many');

    // Nor is one that never came; one that came and is no document is.
    await store(second, owner);
    await db.rows("UPDATE document_uploads SET admitted_until = now() - interval '1 second' WHERE user_id = $1", [
      owner.userId,
    ]);
    const more = await Promise.all(Array.from({ length: MAX }, next));
    expect(more.filter((outcome) => outcome === 'admitted')).toHaveLength(MAX - 1);
  });

  test('a document that its owner deletes past the web app leaves a file that counts', async () => {
    const owner = await signUp(db.stack, 'PREMIUM');
    const { courseId: course } = await db.addCourse(owner.userId);
    const path = place(owner, course);
    await makeDocument(path, owner, course);
    await deleteByRest(owner, `course_documents?course_id=eq.${course}`);
    expect(await isThere(path)).toBe(true);
    const outcomes = await Promise.all(
      Array.from({ length: MAX }, () => uploads.admit(owner.userId, course, place(owner, course))),
    );
    expect(outcomes.filter((outcome) => outcome === 'admitted')).toHaveLength(MAX - 1);
  });

  test('is safe to repeat, also at the limit and when the hour is over', async () => {
    const owner = await signUp(db.stack, 'PREMIUM');
    const { courseId: course } = await db.addCourse(owner.userId);
    const paths = Array.from({ length: MAX }, () => place(owner, course));
    for (const path of paths) await uploads.admit(owner.userId, course, path);
    const [first = ''] = paths;
    expect(await uploads.admit(owner.userId, course, first)).toBe('admitted');
    await age(first, 2);
    expect(await uploads.admit(owner.userId, course, first)).toBe('admitted');
    expect(await store(first, owner)).toBe(true);
  });

  test('ends when the upload is broken off: nothing may be stored any more, and it does not count', async () => {
    const owner = await signUp(db.stack, 'PREMIUM');
    const { courseId: course } = await db.addCourse(owner.userId);
    const paths = Array.from({ length: MAX }, () => place(owner, course));
    for (const path of paths) await uploads.admit(owner.userId, course, path);
    const [path = ''] = paths;
    expect(await uploads.withdraw(user.userId, path)).toBe(false);
    expect(await uploads.withdraw(owner.userId, path)).toBe(true);
    expect(await uploads.withdraw(owner.userId, path)).toBe(false);
    expect(await store(path, owner)).toBe(false);
    expect(await uploads.admit(owner.userId, course, place(owner, course))).toBe('admitted');
    const document = place(owner, course);
    await db.rows('DELETE FROM document_uploads WHERE user_id = $1', [owner.userId]);
    await makeDocument(document, owner, course);
    expect(await uploads.withdraw(owner.userId, document)).toBe(false);
  });
});

describe('stray files', () => {
  test('are removed after a day, and documents are not, however old', async () => {
    const [stray, young, kept] = [place(), place(), place()];
    for (const path of [stray, young]) {
      await uploads.admit(user.userId, courseId, path);
      expect(await store(path)).toBe(true);
    }
    await makeDocument(kept);
    // As if it were no document: that must never be believed alone.
    await db.admitUpload(user.userId, kept);
    await age(kept, 26);
    await age(stray, 26);
    await age(young, 24);
    await ageFile(kept);
    await uploads.removeStray(1_000);
    expect([await isThere(stray), await isThere(young), await isThere(kept)]).toEqual([false, true, true]);
  });

  test.each<[string, (course: string, path: string, owner: TestUser) => Promise<unknown>]>([
    [
      'a document that was deleted',
      (course, _, owner) => deleteByRest(owner, `course_documents?course_id=eq.${course}`),
    ],
    ['a course that was deleted', (course, _, owner) => deleteByRest(owner, `courses?id=eq.${course}`)],
    ['a user who is gone', (_course, _path, owner) => db.rows('DELETE FROM auth.users WHERE id = $1', [owner.userId])],
  ])('of %s past the web app stay for a day, so that a mistake can be mended, and no longer', async (_, deleting) => {
    const owner = await signUp(db.stack, 'PREMIUM');
    const { courseId: course } = await db.addCourse(owner.userId);
    const path = place(owner, course);
    await makeDocument(path, owner, course);
    await ageFile(path);
    await deleting(course, path, owner);
    await uploads.removeStray(1_000);
    expect(await isThere(path)).toBe(true);
    await age(path, 26);
    await uploads.removeStray(1_000);
    expect(await isThere(path)).toBe(false);
  });

  test('that this database knows nothing of are left alone: it may have been put back without its last days', async () => {
    const path = place();
    await db.admitUpload(user.userId, path);
    await store(path);
    await db.rows('DELETE FROM document_uploads WHERE path = $1', [path]);
    await ageFile(path);
    await uploads.removeStray(1_000);
    expect(await isThere(path)).toBe(true);
  });

  test('and what was admitted and never came is forgotten; of a file that is there it is not', async () => {
    const [gone, there] = [place(), place()];
    for (const path of [gone, there]) await uploads.admit(user.userId, courseId, path);
    await store(there);
    await age(gone, 26);
    await age(there, 24);
    await uploads.removeStray(1_000);
    const left = await db.rows('SELECT path FROM document_uploads WHERE path = ANY ($1)', [[gone, there]]);
    expect(left).toEqual([{ path: there }]);
  });
});
