import type { Deps } from '../../deps.ts';
import { describeActivity } from '../course-activity.ts';
import { json } from '../json.ts';
import { ownCourse, type SlugParams } from '../own-course.ts';
import type { Refusal } from '../refusal.ts';
import type { Call } from '../route.ts';

/** GET /api/courses/[slug]/activity */
export async function activity(call: Call<SlugParams>, deps: Deps): Promise<Response | Refusal> {
  const own = await ownCourse(call, deps);
  if (own.kind === 'refusal') return own;
  const answer = await describeActivity(own.course.id, { ...deps, log: own.log });
  return json(answer, { headers: { 'cache-control': 'no-store' } });
}
