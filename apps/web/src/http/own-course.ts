import { GENERATE_TEXTS } from '@megacampus/domain/api';
import type { Logger } from '@megacampus/log';
import type { Deps } from '../deps.ts';
import { authenticate } from './auth/authenticate.ts';
import type { CourseState } from './course-states.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { Call } from './route.ts';

export interface OwnCourse {
  readonly kind: 'own_course';
  readonly course: CourseState;
  readonly userId: string;
  readonly log: Logger;
}

export interface SlugParams {
  readonly slug: string;
}

/** The course named in the path, if the caller owns it: else 401, 404 or 403. @throws UnavailableFault */
export async function ownCourse(call: Call<SlugParams>, deps: Deps): Promise<OwnCourse | Refusal> {
  const caller = await authenticate(call, deps.auth);
  if (caller.kind === 'refusal') return caller;
  const course = await deps.courseStates.bySlug(call.params.slug);
  if (course === null) return refuse('not_found', GENERATE_TEXTS.notFound);
  if (course.user_id !== caller.userId) return refuse('forbidden', GENERATE_TEXTS.forbidden);
  const log = call.learn({ userId: caller.userId, courseId: course.id });
  return { kind: 'own_course', course, userId: caller.userId, log };
}
