import type { GenerationState } from '@megacampus/db/generations';
import { type JobSpec, jobIdOf } from '@megacampus/queue/jobs';
import { type Lease, SLOT_TTL_MS } from '@megacampus/queue/slots';
import { advance } from '../advance.ts';
import type { GenerationRef, OrchestratorDeps } from '../deps.ts';
import { type FailureReason, failStage } from '../fail-stage.ts';
import { dueJobs } from '../jobs.ts';
import { restoreLease } from '../restore-leases.ts';
import type { ReconcileReport, Suspicion } from './report.ts';

/** What the user reads where the job's own failure never reached the database; the log has the rest. */
const UNRECORDED_FAILURE: FailureReason = {
  reason: 'Работа прервалась несколько раз подряд. Попробуйте запустить генерацию ещё раз.',
  failure: { code: 'interrupted' },
};

/** Priority is looked at again once per this time of waiting; see `jobPriority` for the bound it leads to. */
const AGING_STEP_MS = 60_000;

/**
 * One generation that is in flight according to the database: it must hold its slot, and each of its due jobs
 * must be somewhere in the queue.
 */
export async function reconcileGeneration(
  deps: OrchestratorDeps,
  state: GenerationState,
  lease: Lease | undefined,
  suspicion: Suspicion,
  report: ReconcileReport,
): Promise<void> {
  const ref = { generationId: state.id, courseId: state.course_id, userId: state.user_id };
  await keepLease(deps, ref, lease, report);

  const due = dueJobs(state);
  const ids = due.map(jobIdOf);
  const states = await deps.queue.states(ids);
  const missing: JobSpec[] = [];
  for (const [index, job] of due.entries()) {
    const id = ids[index] ?? '';
    const where = states[index] ?? 'missing';
    if (where === 'waiting') await age(deps, state, job, id, suspicion, report);
    else if (where === 'failed') {
      if (suspicion.confirmed(`failed:${id}`)) await recordFailure(deps, ref, job, id, report);
    } else if (where === 'missing' || where === 'completed') {
      if (suspicion.confirmed(`missing:${id}`)) missing.push(job);
    }
  }
  if (missing.length > 0) await restoreJobs(deps, ref, missing, report);
}

async function keepLease(
  deps: OrchestratorDeps,
  ref: GenerationRef,
  lease: Lease | undefined,
  report: ReconcileReport,
): Promise<void> {
  if (lease?.generationId === ref.generationId) {
    const renewed = await deps.slots.renew({ ...ref, ttlMs: SLOT_TTL_MS });
    if (renewed === 'renewed') return;
  }
  // It may have ended since the overview was read; then it must not get a slot again.
  if (!(await stillInFlight(deps, ref))) return;
  if (await restoreLease(deps, ref)) {
    report.leasesRestored += 1;
    deps.log.warn(ref, 'lease restored');
  }
}

async function stillInFlight(deps: OrchestratorDeps, ref: GenerationRef): Promise<boolean> {
  const state = await deps.store.loadGeneration(ref.generationId);
  return state !== null && dueJobs(state).length > 0;
}

/** A completed job whose result the database does not have is as good as missing: its record is cleared first. */
async function restoreJobs(
  deps: OrchestratorDeps,
  ref: GenerationRef,
  missing: JobSpec[],
  report: ReconcileReport,
): Promise<void> {
  await Promise.all(missing.map((job) => deps.queue.remove(jobIdOf(job))));
  await deps.queue.addMany(missing);
  report.jobsRestored += missing.length;
  deps.log.warn({ ...ref, jobs: missing.length }, 'missing jobs restored');
  deps.metrics.record({
    type: 'orphaned_job_recovery',
    userId: ref.userId,
    courseId: ref.courseId,
    jobId: ref.generationId,
    metadata: { reason: 'job_missing', jobs: missing.length, stage: missing[0]?.stage },
  });
}

/** A job that failed for good while its failure could not be recorded (a crash, an outage of the database). */
async function recordFailure(
  deps: OrchestratorDeps,
  ref: GenerationRef,
  job: JobSpec,
  id: string,
  report: ReconcileReport,
): Promise<void> {
  // For the log only, and the job's data may be the very thing that it failed of.
  const failed = await deps.queue.load(id).catch(() => null);
  await failStage(deps, job.payload, UNRECORDED_FAILURE);
  report.failuresRecorded += 1;
  deps.log.warn({ ...ref, jobId: id, failedReason: failed?.failedReason }, 'failure of a job recorded');
  await advance(deps, ref);
}

async function age(
  deps: OrchestratorDeps,
  state: GenerationState,
  job: JobSpec,
  id: string,
  suspicion: Suspicion,
  report: ReconcileReport,
): Promise<void> {
  const waitedMs = Date.now() - Date.parse(state.created_at);
  if (waitedMs < AGING_STEP_MS) return;
  const mark = `priority:${id}:${job.priority}`;
  if (suspicion.confirmed(mark)) return;
  await deps.queue.raisePriority(id, job.priority);
  report.prioritiesRaised += 1;
}
