import { hasEnded } from '@megacampus/domain/steps';
import { tierPolicy } from '@megacampus/domain/tiers';
import { SLOT_TTL_MS } from '@megacampus/queue/slots';
import type { GenerationRef, OrchestratorDeps } from './deps.ts';

type RestoreDeps = Pick<OrchestratorDeps, 'slots' | 'store' | 'globalConcurrencyLimit'>;

/**
 * Gives a generation that is in flight according to the database its lease back. It was admitted once, so no
 * limit applies again. A lease that another, ended generation left on the course is taken over.
 *
 * @returns whether the generation holds the slot afterwards.
 */
export async function restoreLease(deps: RestoreDeps, ref: GenerationRef): Promise<boolean> {
  const request = {
    courseId: ref.courseId,
    userId: ref.userId,
    generationId: ref.generationId,
    userLimit: tierPolicy('FREE').concurrentGenerations,
    defaultGlobalLimit: deps.globalConcurrencyLimit,
    ttlMs: SLOT_TTL_MS,
    alreadyAdmitted: true,
  };
  const first = await deps.slots.reserve(request);
  if (first.outcome !== 'already_running') return first.outcome === 'reserved' && (await stillRuns(deps, ref));
  const holder = await deps.store.loadGeneration(first.generationId);
  if (holder !== null && !hasEnded(holder.status)) return false;
  const second = await deps.slots.reserve({ ...request, takeOverFrom: first.generationId });
  return second.outcome === 'reserved' && (await stillRuns(deps, ref));
}

/** It may have ended, and released its slot, since it was found to be in flight: then it gives back what it was just given. */
async function stillRuns(deps: RestoreDeps, ref: GenerationRef): Promise<boolean> {
  const state = await deps.store.loadGeneration(ref.generationId);
  if (state !== null && !hasEnded(state.status)) return true;
  await deps.slots.release(ref);
  return false;
}

/** Gives every generation in flight its lease back; for use when Redis is seen to hold fewer than the database. */
export async function restoreLeases(deps: RestoreDeps): Promise<void> {
  for (const generation of await deps.store.listInFlight()) {
    await restoreLease(deps, {
      generationId: generation.id,
      courseId: generation.course_id,
      userId: generation.user_id,
    });
  }
}
