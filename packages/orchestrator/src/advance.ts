import { hasEnded, type Stage } from '@megacampus/domain/steps';
import type { GenerationRef, OrchestratorDeps } from './deps.ts';
import { dueJobs, LESSONS_QUEUED } from './jobs.ts';
import { announce } from './report.ts';

export { LESSONS_QUEUED };

export type AdvanceOutcome = { kind: 'ended' } | { kind: 'enqueued'; jobs: number };

/**
 * Brings a generation on after something of it was done: adds the jobs that are due now, or releases the slot
 * when the generation has ended or is gone. Idempotent; the slot is released once, by the generation's id.
 *
 * @param after the stage that has just been done. After one lesson of a short course the other lessons' jobs are there
 *   already (they were added together after the outline), so they are not added again, once per lesson.
 * @throws UnavailableFault when Redis or the database does not answer; a repeat, or the reconciler, mends that.
 */
export async function advance(
  deps: Pick<OrchestratorDeps, 'store' | 'queue' | 'slots' | 'signals' | 'log'>,
  ref: GenerationRef,
  after?: Stage,
): Promise<AdvanceOutcome> {
  const state = await deps.store.loadGeneration(ref.generationId);
  if (state === null || hasEnded(state.status) || !state.current) {
    await deps.slots.release(ref);
    announce(deps, ref.courseId, ref.generationId);
    return { kind: 'ended' };
  }
  const allAdded = after === 'text_generation' && state.lessons.length <= LESSONS_QUEUED;
  const jobs = dueJobs(state).filter((job) => !(allAdded && job.stage === 'text_generation'));
  await deps.queue.addMany(jobs);
  return { kind: 'enqueued', jobs: jobs.length };
}
