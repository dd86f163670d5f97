import { setTimeout as pause } from 'node:timers/promises';
import { generateResponseSchema } from '@megacampus/domain/api';
import { callAction } from '../../apps/web/testing/server-actions.ts';
import type { Course } from './courses.ts';
import type { AppName } from './plan/faults.ts';
import type { Action } from './plan/plan.ts';
import type { World } from './world/world.ts';

/** What a user was told. */
export interface Answer {
  readonly kind: Action['kind'];
  readonly courseId: string;
  readonly atMs: number;
  readonly tookMs: number;
  /** 0: no answer came, or not all of it, which says nothing. */
  readonly status: number;
  /** Of a response in JSON, what it says; else its text. */
  readonly body: unknown;
  /** Of an admission that was answered with 200. */
  readonly generationId: string | null;
  readonly alreadyRunning: boolean;
}

/** Longer than any answer may take, so that one that is late is seen as late. */
const PATIENCE_MS = 20_000;

/** Does it as the user's browser would, and never throws: no answer is an answer too. */
export async function act(world: World, action: Action, course: Course): Promise<Answer> {
  const lessonId = action.kind === 'rewrite' ? await lessonToRewrite(world, course.id) : null;
  const atMs = Date.now();
  const response = await send(world, action, course, lessonId).catch(() => null);
  const text = (await response?.text().catch(() => null)) ?? null;
  const status = text === null ? 0 : (response?.status ?? 0);
  const body = parse(text ?? '');
  const admitted = status === 200 ? generateResponseSchema.safeParse(body).data : undefined;
  return {
    ...{ kind: action.kind, courseId: course.id, atMs, tookMs: Date.now() - atMs, status, body },
    generationId: admitted?.jobId ?? null,
    alreadyRunning: admitted?.alreadyRunning === true,
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
  { apps, stack, buildDir, cookies }: World,
  { kind, web }: Action,
  { id, slug, user }: Course,
  lessonId: string | null,
): Promise<Pick<Response, 'status' | 'text'> | null> {
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
    case 'trash':
      return throwAway({ url, buildDir }, id, cookies.get(user.userId) ?? '', signal);
    case 'delete':
      return fetch(`${stack.supabaseUrl}/rest/v1/courses?id=eq.${id}`, {
        ...{ method: 'DELETE', signal },
        headers: { ...headers, apikey: stack.publishableKey },
      });
  }
}

/** As the list of courses does it, with a generation that is in flight. */
async function throwAway(web: { url: string; buildDir: string }, id: string, cookie: string, signal: AbortSignal) {
  const headers = { cookie, origin: web.url };
  const call = { path: '/courses', headers, body: JSON.stringify([id, true]), signal };
  const { status, text } = await callAction(web, 'deleteCourse', call);
  return { status, text: async () => text };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What the page's action returned; it answers in React's format, which has a string as it is. Undefined: nothing known. */
export function trashOutcome({ kind, body }: Pick<Answer, 'kind' | 'body'>): string | undefined {
  if (kind !== 'trash' || typeof body !== 'string') return undefined;
  return /"(trashed|in_flight|not_found|failed)"/.exec(body)?.[1];
}
