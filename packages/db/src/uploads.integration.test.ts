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

/** As if the upload had been admitted so many hours ago. */
const age = (path: string, hours: number) =>
  db.rows('UPDATE document_uploads SET admitted_until = now() - make_interval(hours => $2) WHERE path = $1', [
    path,
    hours - 1,
  ]);

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
    await uploads.admit(owner.userId, course, path);
    await store(path, owner);
    const document = { courseId: course, name: 'a.md', type: 'md' as const, sizeBytes: 1, path };
    const id = await createDocumentStore(clientOf(owner)).add(document);
    await rest(db.stack, callers(db.stack).user(owner.accessToken), 'DELETE', `course_documents?id=eq.${id}`);
    expect(await isThere(path)).toBe(true);
    await age(path, 2);
    const outcomes = await Promise.all(
      Array.from({ length: MAX }, () => uploads.admit(owner.userId, course, place(owner, course))),
    );
    expect(outcomes.filter((outcome) => outcome === 'admitted')).toHaveLength(MAX - 1);
  });
});

describe('stray files', () => {
  test('are removed after a day, and documents are not, however old', async () => {
    const [stray, young, kept] = [place(), place(), place()];
    for (const path of [stray, young, kept]) {
      await uploads.admit(user.userId, courseId, path);
      expect(await store(path)).toBe(true);
    }
    await createDocumentStore(clientOf(user)).add({ courseId, name: 'k.md', type: 'md', sizeBytes: 1, path: kept });
    await age(stray, 26);
    await age(young, 24);
    await age(kept, 1_000);
    await uploads.removeStray(1_000);
    expect([await isThere(stray), await isThere(young), await isThere(kept)]).toEqual([false, true, true]);
  });

  test('of a course that was deleted past the web app are removed', async () => {
    const { courseId: course } = await db.addCourse(user.userId);
    const path = place(user, course);
    await uploads.admit(user.userId, course, path);
    await store(path);
    await createDocumentStore(clientOf(user)).add({ courseId: course, name: 'a.md', type: 'md', sizeBytes: 1, path });
    await rest(db.stack, callers(db.stack).user(user.accessToken), 'DELETE', `courses?id=eq.${course}`);
    await age(path, 26);
    await uploads.removeStray(1_000);
    expect(await isThere(path)).toBe(false);
  });

  test('of a user who is gone are removed', async () => {
    const leaver = await signUp(db.stack, 'PREMIUM');
    const { courseId: course } = await db.addCourse(leaver.userId);
    const path = place(leaver, course);
    await uploads.admit(leaver.userId, course, path);
    await store(path, leaver);
    await db.rows('DELETE FROM auth.users WHERE id = $1', [leaver.userId]);
    await age(path, 26);
    await uploads.removeStray(1_000);
    expect(await isThere(path)).toBe(false);
  });

  test('that nobody let in here are left alone: the database may have been put back without its last days', async () => {
    const path = place();
    await db.admitUpload(user.userId, path);
    await store(path);
    await age(path, 1_000);
    await db.rows('DELETE FROM document_uploads WHERE path = $1', [path]);
    await uploads.removeStray(1_000);
    expect(await isThere(path)).toBe(true);
  });

  test('and what was admitted and never came is forgotten; of a file that is there it is not', async () => {
    const [gone, there] = [place(), place()];
    for (const path of [gone, there]) await uploads.admit(user.userId, courseId, path);
    await store(there);
    await createDocumentStore(clientOf(user)).add({ courseId, name: 't.md', type: 'md', sizeBytes: 1, path: there });
    for (const path of [gone, there]) await age(path, 26);
    await uploads.removeStray(1_000);
    const left = await db.rows('SELECT path FROM document_uploads WHERE path = ANY ($1)', [[gone, there]]);
    expect(left).toEqual([{ path: there }]);
  });
});
