import type { Deps } from '../../deps.ts';
import { describeStatus } from '../course-status.ts';
import { json } from '../json.ts';
import { ownCourse, type SlugParams } from '../own-course.ts';
import type { Refusal } from '../refusal.ts';
import type { Call } from '../route.ts';

/** GET /api/courses/[slug]/check-status */
export async function checkStatus(call: Call<SlugParams>, deps: Deps): Promise<Response | Refusal> {
  const own = await ownCourse(call, deps);
  if (own.kind === 'refusal') return own;
  const status = await describeStatus(own.course, { ...deps.orchestrator, log: own.log });
  return json(status, { headers: { 'cache-control': 'no-store' } });
}
