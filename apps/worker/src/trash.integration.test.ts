import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { trashCourse } from '@megacampus/orchestrator/trash-course';
import { clientFor } from '@megacampus/test-kit/users';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { expect, test } from 'vitest';
import { createEngine } from './engine.ts';
import { purgeOnce } from './reconciler/purger.ts';
import { createLab, type Lab } from './testing/lab.ts';
import { useOwnStack } from './testing/own-stack.ts';

const stack = useOwnStack();
const service = () => clientFor(stack(), stack().serviceKey);

/** A course with a file, in the trash; its time there is over unless said otherwise. */
async function trashed(lab: Lab, { isOver = true } = {}) {
  const document = { name: 'a.md', type: 'md', text: '# Заголовок\n\nТекст.' } as const;
  const { user, course } = await lab.prepare({ documents: [document] });
  await lab.deps.trash.trash(user.userId, course.id, { cancel: false });
  if (isOver) await lab.deps.trash.erase(user.userId, course.id);
  return { user, courseId: course.id, folder: `${user.userId}/${course.id}` };
}

async function remains({ courseId, folder }: { courseId: string; folder: string }) {
  const row = await service().from('courses').select('id').eq('id', courseId).throwOnError();
  const files = await service().storage.from('course-documents').list(folder);
  return { rows: row.data?.length, files: files.data?.length };
}

test('a course that is deleted in the middle of a stage stops it, frees its slot and leaves no error', async () => {
  await using lab = await createLab(stack());
  const { user, course, generationId } = await lab.admit();
  const started = Promise.withResolvers<void>();
  const stopped = Promise.withResolvers<void>();
  const engine = await createEngine();
  await lab.startWorker({
    engine: {
      name: engine.name,
      outline: (...args) => engine.outline(...args),
      lesson: (...args) => engine.lesson(...args),
      summarize: (...args) => engine.summarize(...args),
      async analyze(_input, { signal }) {
        started.resolve();
        await pause(30_000, undefined, { signal }).catch(() => stopped.resolve());
        throw signal.reason;
      },
    },
  });
  await started.promise;
  const request = { userId: user.userId, courseId: course.id, cancel: true };
  expect(await trashCourse(lab.deps, request)).toEqual({ kind: 'trashed' });
  await stopped.promise;
  expect(await lab.deps.slots.list()).toEqual([]);
  await waitFor(async () => (await lab.deps.queue.state(generationId)) === 'completed');
  expect(lab.logLines.filter((line) => line['level'] === 'error')).toEqual([]);
});

test('a worker removes a course with its files when its time in the trash is over, and no other course', async () => {
  await using lab = await createLab(stack());
  const [over, kept] = [await trashed(lab), await trashed(lab, { isOver: false })];
  expect(await remains(over)).toEqual({ rows: 1, files: 1 });
  await lab.startWorker();
  await waitFor(async () => (await remains(over)).rows === 0, { timeoutMs: 45_000, what: 'the course to be purged' });
  expect(await remains(over)).toEqual({ rows: 0, files: 0 });
  expect(await remains(kept)).toEqual({ rows: 1, files: 1 });
  expect(await lab.deps.trash.restore(kept.user.userId, kept.courseId)).toBe(true);
});

test('a course that cannot be removed now does not keep the others, and is tried again', async () => {
  await using lab = await createLab(stack());
  const [broken, fine] = [await trashed(lab), await trashed(lab)];
  const { trash, courses, log } = lab.deps;
  const remove = (id: string) =>
    id === broken.courseId ? Promise.reject(new Error('storage is down')) : courses.remove(id);
  expect(await purgeOnce({ trash, courses: { remove }, log })).toBe(1);
  expect([(await remains(fine)).rows, (await remains(broken)).rows]).toEqual([0, 1]);
  expect(await purgeOnce({ trash, courses, log })).toBe(1);
  expect(await remains(broken)).toEqual({ rows: 0, files: 0 });
});

test('a pass ends between two courses when another worker takes over', async () => {
  await using lab = await createLab(stack());
  await trashed(lab);
  const removed: string[] = [];
  const term = new AbortController();
  term.abort(new Error(`term over ${randomUUID()}`));
  const remove = async (id: string) => removed.push(id) > 0;
  await expect(purgeOnce({ ...lab.deps, courses: { remove } }, term.signal)).rejects.toBe(term.signal.reason);
  expect(removed).toEqual([]);
});
