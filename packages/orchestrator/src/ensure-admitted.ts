import { ADMISSION_BUDGET_MS } from '@megacampus/domain/api';
import { tierPolicy } from '@megacampus/domain/tiers';
import type { JobSpec } from '@megacampus/queue/jobs';
import { SLOT_TTL_MS } from '@megacampus/queue/slots';
import { createBudget } from './budget.ts';
import type { GenerationRef, OrchestratorDeps } from './deps.ts';
import { isInFlight } from './is-in-flight.ts';
import { recordAdmission } from './record-admission.ts';
import { restoreLease } from './restore-leases.ts';

type Payload = JobSpec['payload'];

export type EnsureOutcome =
  | { kind: 'admitted' }
  /** The course is gone, or has another generation, or this one was undone or has no right to a slot: end quietly. */
  | { kind: 'not_admitted'; reason: 'course_gone' | 'superseded' | 'no_slot' };

/**
 * An unrecorded job older than this is an orphan: the request that enqueued it has been answered long ago.
 * Younger ones are the usual race between a fast worker and the request's own record, and no cause for alarm.
 */
export const ORPHAN_AFTER_MS = ADMISSION_BUDGET_MS + 3_000;

/**
 * For a worker that holds a job whose generation the database does not know: makes sure it has a slot and
 * records step 1 in the request's stead.
 *
 * @throws UnavailableFault when that cannot be recorded now; the job is then retried.
 */
export async function ensureAdmitted(deps: OrchestratorDeps, payload: Payload): Promise<EnsureOutcome> {
  const ref = { courseId: payload.courseId, userId: payload.userId, generationId: payload.generationId };
  if (!(await holdSlot(deps, payload))) return await giveUp(deps, ref, 'no_slot');

  const recorded = await recordAdmission(
    deps,
    { ...payload, weight: tierPolicy(payload.tier).weight },
    createBudget(ADMISSION_BUDGET_MS),
  );
  switch (recorded.kind) {
    case 'recorded':
      reportOrphan(deps, payload);
      return { kind: 'admitted' };
    case 'course_gone':
    case 'superseded':
      return await giveUp(deps, ref, recorded.kind);
    case 'exhausted':
      throw recorded.error;
  }
}

/** Leaves a mark that the generation was undone, unless the request has recorded it in this very moment and told its user. */
async function giveUp(
  deps: OrchestratorDeps,
  ref: GenerationRef,
  reason: 'course_gone' | 'superseded' | 'no_slot',
): Promise<EnsureOutcome> {
  const { undone } = await deps.store.undoAdmission({ ...ref, reason, unlessRecorded: true });
  if (!undone && (await isInFlight(deps, ref))) {
    await restoreLease(deps, ref);
    return { kind: 'admitted' };
  }
  await deps.slots.release(ref);
  return { kind: 'not_admitted', reason };
}

async function holdSlot(deps: OrchestratorDeps, payload: Payload): Promise<boolean> {
  const { courseId, userId, generationId } = payload;
  const held = await deps.slots.renew({ courseId, userId, generationId, ttlMs: SLOT_TTL_MS });
  if (held === 'renewed') return true;
  // The lease was lost before the generation was ever recorded, so the limits have the last word again.
  const reserved = await deps.slots.reserve({
    courseId,
    userId,
    generationId,
    userLimit: tierPolicy(payload.tier).concurrentGenerations,
    defaultGlobalLimit: deps.globalConcurrencyLimit,
    ttlMs: SLOT_TTL_MS,
  });
  return reserved.outcome === 'reserved';
}

function reportOrphan(deps: OrchestratorDeps, payload: Payload): void {
  const ageMs = Date.now() - Date.parse(payload.createdAt);
  if (ageMs < ORPHAN_AFTER_MS) return;
  deps.log.child({ generationId: payload.generationId }).warn({ ageMs }, 'orphaned job recovered');
  deps.metrics.record({
    type: 'orphaned_job_recovery',
    userId: payload.userId,
    courseId: payload.courseId,
    jobId: payload.generationId,
    metadata: { reason: 'step_1_not_recorded', age_ms: ageMs, request_id: payload.requestId },
  });
}
