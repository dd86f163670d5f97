import { advance } from './advance.ts';
import type { Budget } from './budget.ts';
import type { OrchestratorDeps } from './deps.ts';
import { isInFlight } from './is-in-flight.ts';
import type { Candidate } from './reserve-slot.ts';

/** What failed. The first two are the database's own answers. */
type Reason = 'superseded' | 'course_gone' | 'exhausted' | 'not_enqueued';

export type RollBackOutcome = { kind: 'undone' } | { kind: 'worker_has_it' };

/** Longest that one step of undoing may take, so that the steps after it still have their turn. */
const UNDO_STEP_MS = 350;

/**
 * Undoes an admission after its reservation: the job is removed, the course's progress put back, the slot
 * released. One step failing does not stop the next; what could not be undone now is tried again in the
 * background. A job that a worker has already taken cannot be removed: then the generation goes on and the
 * worker records step 1, unless its slot is lost or the database has said already that it will not have it. A job that has ended says nothing:
 * whether the generation runs is then the database's to say.
 *
 * Putting the progress back also leaves a mark in the database that this generation has ended. So a record of
 * step 1 that was cut off but commits later, and a job whose removal did not arrive, both come to nothing.
 */
export async function rollBack(
  deps: OrchestratorDeps,
  candidate: Candidate,
  budget: Budget,
  reason: Reason,
): Promise<RollBackOutcome> {
  const { generationId, courseId, userId } = candidate;
  const undo = guard(deps, budget);

  const isRefused = reason === 'superseded' || reason === 'course_gone';
  const job = await undo('redis', 'remove job', () => deps.queue.remove(generationId));
  if (job.done && job.value === 'active' && !isRefused) {
    // Without its slot the worker may find no room for it either.
    const lease = await undo('redis', 'look at the slot', () => deps.slots.get(courseId));
    if (!lease.done || lease.value?.generationId === generationId) return { kind: 'worker_has_it' };
  }

  const progress = await undo('database', 'put progress back', (signal) =>
    // Where the database has refused us, what it has recorded is the worker's.
    deps.store.undoAdmission({ courseId, userId, generationId, reason, unlessRecorded: isRefused }, { signal }),
  );
  if (progress.done && !progress.value.undone) {
    const runs = await undo('database', 'look whether it runs', () => isInFlight(deps, candidate));
    if (runs.done && runs.value) {
      // Its job may be the one that was just removed.
      await undo('database', 'bring it on', () => advance(deps, candidate));
      return { kind: 'worker_has_it' };
    }
  }
  // What the database may still have in flight keeps its slot.
  const release = () => deps.slots.release({ generationId, courseId, userId });
  const slot = progress.done ? await undo('redis', 'release slot', release) : NOT_DONE;

  deps.log.warn({ reason, job: job.done, progress: progress.done, slot: slot.done }, 'admission undone');
  deps.metrics.record({
    type: 'job_rollback',
    userId,
    courseId,
    jobId: generationId,
    metadata: {
      reason,
      request_id: candidate.requestId,
      job_removed: job.done,
      progress_restored: progress.done,
      slot_released: slot.done,
    },
  });
  if (!(job.done && progress.done && slot.done))
    deps.deferred.run('undo admission', () => undoLater(deps, candidate, reason), deps.log);
  return { kind: 'undone' };
}

const NOT_DONE = { done: false } as const;

type Undone<T> = { done: true; value: T } | { done: false };

function guard(deps: OrchestratorDeps, budget: Budget) {
  return async <T>(
    service: 'redis' | 'database',
    step: string,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<Undone<T>> => {
    try {
      return { done: true, value: await budget.within(service, work, UNDO_STEP_MS) };
    } catch (err) {
      deps.log.error({ err, step }, 'undo step failed');
      return { done: false };
    }
  };
}

/**
 * The rest of an undo, once the servers answer again. The database goes first: its mark is what makes a job
 * that is still there end quietly, whenever it runs.
 */
async function undoLater(deps: OrchestratorDeps, candidate: Candidate, reason: Reason): Promise<void> {
  const { generationId, courseId, userId } = candidate;
  const { undone } = await deps.store.undoAdmission({ courseId, userId, generationId, reason });
  // A worker has brought it on meanwhile, or somebody was told that it runs.
  if (!undone && (await isInFlight(deps, candidate))) return;
  await deps.queue.remove(generationId);
  await deps.slots.release({ generationId, courseId, userId });
}
