import { expect, test } from 'vitest';
import { createReadingStore, createShareStore } from './reading.ts';
import { contentOf, useDatabase } from './testing/database.ts';

const db = useDatabase();
const reading = createReadingStore(db.client);
const shares = createShareStore(db.client);

/** A course of two lessons that can be read. */
async function readableCourse(userId?: string) {
  const owner = userId ?? (await db.addUser());
  const { courseId } = await db.addCourse(owner);
  const lessonIds = await newVersion(courseId);
  return { owner, courseId, lessonIds };
}

async function newVersion(courseId: string): Promise<string[]> {
  const { generationId, lessonIds } = await db.outline(courseId, 2);
  for (const lessonId of lessonIds) await db.store.saveLesson({ lessonId, generationId, content: contentOf('текст') });
  await db.move(courseId, 5, 'completed', { generationId });
  return lessonIds;
}

test('what is read is kept, counted once, and can be taken back', async () => {
  const { owner, courseId, lessonIds } = await readableCourse();
  const [first = '', second = ''] = lessonIds;
  expect(await reading.setLessonRead(owner, first, true)).toBe(true);
  const [before] = await reading.loadReading(owner, courseId);
  expect(await reading.setLessonRead(owner, first, true)).toBe(true);
  expect(await reading.loadReading(owner, courseId)).toEqual([before]);
  expect(before).toMatchObject({ position: 1, last: null });
  await reading.setLessonRead(owner, second, true);
  expect(await reading.listReading(owner)).toEqual([{ courseId, read: 2, total: 2 }]);
  await reading.setLessonRead(owner, first, false);
  expect(await reading.listReading(owner)).toEqual([{ courseId, read: 1, total: 2 }]);
});

test('a new version of the whole course is unread', async () => {
  const { owner, courseId, lessonIds } = await readableCourse();
  await reading.setLessonRead(owner, lessonIds[0] ?? '', true);
  await newVersion(courseId);
  expect(await reading.listReading(owner)).toEqual([{ courseId, read: 0, total: 2 }]);
});

test('the last and the best try at a quiz are kept; other questions begin anew', async () => {
  const { owner, courseId, lessonIds } = await readableCourse();
  const [lessonId = ''] = lessonIds;
  expect(await reading.recordQuizResult(owner, lessonId, { right: 2, total: 3 })).toEqual({
    last: 2,
    best: 2,
    total: 3,
  });
  expect(await reading.recordQuizResult(owner, lessonId, { right: 1, total: 3 })).toEqual({
    last: 1,
    best: 2,
    total: 3,
  });
  expect(await reading.recordQuizResult(owner, lessonId, { right: 0, total: 4 })).toEqual({
    last: 0,
    best: 0,
    total: 4,
  });
  expect(await reading.loadReading(owner, courseId)).toMatchObject([{ position: 1, readAt: null, best: 0, total: 4 }]);
  await expect(reading.recordQuizResult(owner, lessonId, { right: 5, total: 4 })).rejects.toThrow('not a result');
  await expect(reading.recordQuizResult(owner, lessonId, { right: 0, total: 0 })).rejects.toThrow('not a result');
});

test("nobody notes anything at another's lesson, shares another's course or withdraws its link", async () => {
  const { owner, courseId, lessonIds } = await readableCourse();
  const other = await db.addUser();
  expect(await reading.setLessonRead(other, lessonIds[0] ?? '', true)).toBe(false);
  expect(await reading.recordQuizResult(other, lessonIds[0] ?? '', { right: 1, total: 1 })).toBeNull();
  expect(await shares.share(other, courseId)).toBeNull();
  const token = await shares.share(owner, courseId);
  expect(await shares.withdraw(other, courseId)).toBe(false);
  expect(await shares.courseOf(token ?? '')).toMatchObject({ id: courseId });
  expect(await db.rows('SELECT FROM lesson_progress WHERE user_id = $1', [other])).toEqual([]);
});

test('a link is one a course, cannot be guessed, and once withdrawn never leads anywhere again', async () => {
  const { owner, courseId } = await readableCourse();
  expect(await shares.tokenOf(courseId)).toBeNull();
  const [token = '', same] = await Promise.all([shares.share(owner, courseId), shares.share(owner, courseId)]);
  expect(token).toMatch(/^[0-9a-f]{64}$/);
  expect(same).toBe(token);
  expect(await shares.tokenOf(courseId)).toBe(token);
  const flipped = token?.replace(/^./, (digit) => (digit === 'a' ? 'b' : 'a')) ?? '';
  for (const guess of [
    '',
    flipped,
    token?.slice(0, 63) ?? '',
    `${token}0`,
    token?.toUpperCase() ?? '',
    courseId,
    '%',
  ]) {
    if (guess !== token) expect(await shares.courseOf(guess), guess).toBeNull();
  }
  expect(await shares.withdraw(owner, courseId)).toBe(true);
  expect(await shares.courseOf(token ?? '')).toBeNull();
  expect(await shares.withdraw(owner, courseId)).toBe(false);
  expect(await shares.share(owner, courseId)).not.toBe(token);
});

test('a course that has nothing to read cannot be shared', async () => {
  const { userId, courseId } = await db.addCourse();
  expect(await shares.share(userId, courseId)).toBeNull();
});

test('the log of a generation has its lessons and hitches; the pace is that of completed ones', async () => {
  const { courseId } = await readableCourse();
  const { generationId, lessonIds } = await db.outline(courseId, 2);
  await db.store.saveLesson({ lessonId: lessonIds[0] ?? '', generationId, content: contentOf('текст') });
  const incident = { generationId, kind: 'retry', stage: 'text_generation', attempt: 1 } as const;
  for (let tries = 0; tries < 201; tries += 1) expect(await db.store.recordIncident(incident)).toBe(tries < 200);
  expect(await db.store.recordIncident({ ...incident, generationId: 'gone' })).toBe(false);
  const activity = await db.store.loadActivity(courseId);
  expect(activity?.lessons.map(({ status }) => status)).toEqual(['completed', 'pending']);
  expect(activity?.incidents[0]).toMatchObject({ kind: 'retry', attempt: 1 });
  const pace = await db.store.loadPace();
  expect(pace?.samples).toBeGreaterThan(0);
  expect(pace?.perLesson).toBeGreaterThanOrEqual(0);
});
