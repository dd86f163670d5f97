import { canCancel, cancelGeneration } from '@megacampus/orchestrator/cancel-generation';
import type { Deps } from '../../deps.ts';
import { json } from '../json.ts';
import { ownCourse, type SlugParams } from '../own-course.ts';
import { type Refusal, refuse } from '../refusal.ts';
import type { Call } from '../route.ts';

const CANCELLED = 'Генерация курса отменена';
const NEVER_STARTED = 'Генерация ещё не запускалась';
const ENDED = 'Генерация уже завершена';

/** A cancel is a few calls to the database and to Redis. */
const CANCEL_TIMEOUT_MS = 3_000;

/** POST /api/courses/[slug]/cancel */
export async function cancel(call: Call<SlugParams>, deps: Deps): Promise<Response | Refusal> {
  const own = await ownCourse(call, deps);
  if (own.kind === 'refusal') return own;
  const { course, userId } = own;
  const generationId = course.generation_id;
  if (generationId === null) return refuse('conflict', NEVER_STARTED);

  const log = call.learn({ generationId });
  const outcome = await cancelGeneration(
    { ...deps.orchestrator, log },
    { courseId: course.id, userId, generationId },
    AbortSignal.timeout(CANCEL_TIMEOUT_MS),
  );
  log.info({ outcome: outcome.kind }, 'cancel');
  switch (outcome.kind) {
    case 'cancelled':
      return json({ success: true, message: CANCELLED, slug: course.slug });
    case 'ended':
      return refuse('conflict', ENDED, { details: { currentStatus: outcome.status } });
    case 'nothing_to_cancel':
      return refuse('conflict', NEVER_STARTED);
  }
}

/** GET /api/courses/[slug]/cancel: whether it can be cancelled now, and if not, why. */
export async function cancellable(call: Call<SlugParams>, deps: Deps): Promise<Response | Refusal> {
  const own = await ownCourse(call, deps);
  if (own.kind === 'refusal') return own;
  const currentStatus = own.course.generation_status;
  return json({ ...canCancel(currentStatus), currentStatus }, { headers: { 'cache-control': 'no-store' } });
}
