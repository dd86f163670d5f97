import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { StackAddresses } from '@megacampus/stack/local-stack';
import { clientFor, createCourse, type TestUser } from '@megacampus/test-kit/users';
import type { AppName } from './plan/faults.ts';
import type { Action, PlannedCourse } from './plan/plan.ts';
import type { World } from './world/world.ts';

export interface Course {
  readonly id: string;
  readonly slug: string;
  readonly user: TestUser;
}

/** What a user was told. Status 0: no answer came. */
export interface Answer {
  readonly kind: Action['kind'];
  readonly courseId: string;
  readonly atMs: number;
  readonly tookMs: number;
  readonly status: number;
  /** Of an admission that was answered with 200. */
  readonly generationId: string | null;
  readonly alreadyRunning: boolean;
}

/** Longer than any answer may take, so that one that is late is seen as late. */
const PATIENCE_MS = 20_000;

/** Four to six paragraphs, from which the extractive engine makes a course of its own. */
const DOCUMENT = Array.from(
  { length: 6 },
  (_, index) =>
    `# Part ${index + 1}\n\nA queue keeps work in order. A lease is a right that ends by itself after ${index + 2} minutes. ` +
    'A worker takes a job, does it and reports the result. When a worker dies, its lock runs out and another worker ' +
    'takes the job. A database is the record of what was done, and a reconciler compares both of them again and again.\n',
).join('\n');

export async function makeCourse(world: World, planned: PlannedCourse, title: string): Promise<Course> {
  const user = world.users[planned.user];
  if (user === undefined) throw new RangeError(`There is no user ${planned.user}`);
  const course = await createCourse(world.stack, user, { title, estimated_lessons: planned.lessons });
  if (planned.withDocument) await addDocument(world.stack, user, course.id);
  return { ...course, user };
}

async function addDocument(stack: StackAddresses, user: TestUser, courseId: string): Promise<void> {
  const service = clientFor(stack, stack.serviceKey);
  const path = `${user.userId}/${courseId}/${randomUUID()}.md`;
  const bytes = new TextEncoder().encode(DOCUMENT);
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
}

/** Does it as the user's browser would, and never throws: no answer is an answer too. */
export async function act(world: World, action: Action, course: Course): Promise<Answer> {
  const lessonId = action.kind === 'rewrite' ? await lessonToRewrite(world, course.id) : null;
  const atMs = Date.now();
  const response = await send(world, action, course, lessonId).catch(() => null);
  const body = response?.ok ? await readBody(response) : {};
  return {
    ...{ kind: action.kind, courseId: course.id, atMs, tookMs: Date.now() - atMs },
    status: response?.status ?? 0,
    generationId: body.jobId ?? null,
    alreadyRunning: body.alreadyRunning === true,
  };
}

/** How long a user waits for a course to have lessons before they give the wish up. */
const LESSONS_WITHIN_MS = 8_000;

/** A lesson of the version that the course shows; null when there is none in time. */
async function lessonToRewrite({ direct }: World, courseId: string): Promise<string | null> {
  const endsAtMs = Date.now() + LESSONS_WITHIN_MS;
  while (Date.now() < endsAtMs) {
    const rows = await direct
      .sql<{ id: string }>(
        `SELECT lesson.id FROM lessons AS lesson JOIN generations AS generation ON generation.id = lesson.generation_id
         WHERE generation.course_id = $1 AND generation.status = 'completed' AND lesson.status = 'completed'
         ORDER BY generation.finished_at DESC, lesson.position LIMIT 1`,
        [courseId],
      )
      .catch(() => []);
    if (rows[0] !== undefined) return rows[0].id;
    await pause(200);
  }
  return null;
}

async function send(
  { apps, stack }: World,
  { kind, web }: Action,
  { id, slug, user }: Course,
  lessonId: string | null,
): Promise<Response | null> {
  const { url } = apps[`web-${web}` as AppName];
  const headers = { authorization: `Bearer ${user.accessToken}`, 'content-type': 'application/json' };
  const signal = AbortSignal.timeout(PATIENCE_MS);
  switch (kind) {
    case 'admit':
      return fetch(`${url}/api/coursegen/generate`, {
        ...{ method: 'POST', headers, signal },
        body: JSON.stringify({ courseId: id }),
      });
    case 'cancel':
      return fetch(`${url}/api/courses/${slug}/cancel`, { method: 'POST', headers, signal });
    case 'rewrite':
      if (lessonId === null) return null;
      return fetch(`${url}/api/courses/${slug}/lessons/${lessonId}/regenerate`, {
        ...{ method: 'POST', headers, signal },
        body: JSON.stringify({ instruction: 'Shorter, please.' }),
      });
    case 'delete':
      return fetch(`${stack.supabaseUrl}/rest/v1/courses?id=eq.${id}`, {
        ...{ method: 'DELETE', signal },
        headers: { ...headers, apikey: stack.publishableKey },
      });
  }
}

/** An answer that breaks off says nothing. */
async function readBody(response: Response): Promise<{ jobId?: string; alreadyRunning?: boolean }> {
  const text = await response.text().catch(() => '');
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
