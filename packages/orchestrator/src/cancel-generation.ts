import type { GenerationState } from '@megacampus/db/generations';
import { type GenerationStatus, hasEnded } from '@megacampus/domain/steps';
import { jobIdOf } from '@megacampus/queue/jobs';
import type { GenerationRef, OrchestratorDeps } from './deps.ts';
import { dueJobs } from './jobs.ts';
import { announce } from './report.ts';

export type CancelDeps = Pick<OrchestratorDeps, 'store' | 'queue' | 'slots' | 'signals' | 'deferred' | 'log'>;

export type CancelOutcome =
  | { kind: 'cancelled' }
  | { kind: 'ended'; status: GenerationStatus | null }
  /** The course has never been generated, or is gone. */
  | { kind: 'nothing_to_cancel' };

/** Whether a generation in this status can be cancelled, and if not, why, in words for the user. */
export function canCancel(status: GenerationStatus | null): { canCancel: boolean; reason: string | null } {
  if (status === null) return { canCancel: false, reason: 'Генерация ещё не запускалась' };
  if (hasEnded(status)) return { canCancel: false, reason: 'Генерация уже завершена' };
  return { canCancel: true, reason: null };
}

/**
 * Cancels a generation. The database first: from then on no job of it can store anything. Then running work is
 * told to stop, waiting jobs are removed and the slot is released; what of that fails is tried again in the
 * background, and would be repaired by the reconciler.
 *
 * @throws UnavailableFault when the database does not answer; nothing was changed then, or the cancel stands.
 */
export async function cancelGeneration(
  deps: CancelDeps,
  ref: GenerationRef,
  signal?: AbortSignal,
): Promise<CancelOutcome> {
  const options = signal ? { signal } : {};
  const before = await deps.store.loadGeneration(ref.generationId, options);
  if (before === null) return { kind: 'nothing_to_cancel' };
  const result = await deps.store.cancel({ courseId: ref.courseId, generationId: ref.generationId }, options);
  if (result.outcome !== 'cancelled') return { kind: 'ended', status: result.status };
  await stopWork(deps, ref, before);
  return { kind: 'cancelled' };
}

/**
 * For a generation that has just been ended in the database: its running work is told to stop, its waiting jobs are
 * removed and its slot is released. `before`: the generation as it was in flight, where that is known. Never throws.
 */
export async function stopWork(deps: CancelDeps, ref: GenerationRef, before: GenerationState | null): Promise<void> {
  const stop = async () => {
    await deps.signals.publishCancel(ref.generationId);
    await removeWaitingJobs(deps, ref, before);
    await deps.slots.release(ref);
    announce(deps, ref.courseId, ref.generationId);
  };
  try {
    await stop();
  } catch (err) {
    const log = deps.log.child({ generationId: ref.generationId });
    log.warn({ err }, 'cancel recorded; stopping its jobs is tried again');
    deps.deferred.run('stop cancelled generation', stop, log);
  }
}

/** A job that is active, or is added by a handler right now, finds the generation ended and stops by itself. */
async function removeWaitingJobs(deps: CancelDeps, ref: GenerationRef, before: GenerationState | null): Promise<void> {
  const due = before === null ? [] : dueJobs(before);
  const ids = new Set([ref.generationId, ...due.map(jobIdOf)]);
  await Promise.all([...ids].map((id) => deps.queue.remove(id)));
}
