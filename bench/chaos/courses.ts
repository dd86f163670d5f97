import { randomUUID } from 'node:crypto';
import { type Brief, briefSchema } from '@megacampus/domain/course';
import type { StackAddresses } from '@megacampus/stack/local-stack';
import { clientFor, createCourse, type TestUser } from '@megacampus/test-kit/users';
import { waitFor } from '@megacampus/test-kit/wait-for';
import type { PlannedCourse } from './plan/plan.ts';
import type { World } from './world/world.ts';

export interface Course {
  readonly id: string;
  readonly slug: string;
  readonly user: TestUser;
  readonly brief: Brief;
  /** The text of its only document. */
  readonly document: string | null;
}

/**
 * A word that no other course of its world has, and that all that is made of a course says. Of letters only: a quiz may put
 * another number into a sentence, but never another name.
 */
export const courseName = (episode: number, course: number) => `Chaos${lettersOf(episode)}x${lettersOf(course)}`;

const lettersOf = (count: number) => String(count).replace(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)));

/** The names of courses that a text says, in small letters: it may begin a sentence with one or not. */
export const namesIn = (text: string): Set<string> => new Set(text.toLowerCase().match(/chaos[a-j]+x[a-j]+/g));

export async function makeCourse(world: World, planned: PlannedCourse, name: string): Promise<Course> {
  const user = world.users[planned.user];
  if (user === undefined) throw new RangeError(`There is no user ${planned.user}`);
  const brief = briefSchema.parse({ title: name, estimated_lessons: planned.lessons });
  const course = await patiently(() => createCourse(world.stack, user, brief));
  const document = planned.withDocument ? documentOf(name) : null;
  if (document !== null) await patiently(() => addDocument(world.stack, user, course.id, document));
  return { ...course, user, brief, document };
}

/** Markdown in six parts, of which the extractive engine makes a course of its own. */
export function documentOf(name: string): string {
  return Array.from(
    { length: 6 },
    (_, index) =>
      `# Queues of ${name}, part ${index + 1}\n\nA queue of ${name} keeps work in order. A lease is a right that ends by ` +
      `itself after ${index + 2} minutes. A worker of ${name} takes a job, does it and reports the result. When a worker ` +
      'dies, its lock runs out and another worker takes the job. A database is the record of what was done, and a ' +
      `reconciler of ${name} compares both of them again and again.\n`,
  ).join('\n');
}

/**
 * The API remembers: a connection that could not be opened while Postgres started says so to whoever uses it first, be it
 * half a minute later.
 */
const patiently = <T>(work: () => Promise<T>) =>
  waitFor(work, { timeoutMs: 15_000, intervalMs: 250, what: 'the API to be well' });

async function addDocument(stack: StackAddresses, user: TestUser, courseId: string, text: string): Promise<true> {
  const service = clientFor(stack, stack.serviceKey);
  const path = `${user.userId}/${courseId}/${randomUUID()}.md`;
  const bytes = new TextEncoder().encode(text);
  const upload = await service.storage.from('course-documents').upload(path, bytes, { contentType: 'text/plain' });
  if (upload.error) throw upload.error;
  const { error } = await service.from('course_documents').insert({
    course_id: courseId,
    user_id: user.userId,
    name: 'queues.md',
    size_bytes: bytes.length,
    type: 'md',
    path,
  });
  if (error) throw error;
  return true;
}
