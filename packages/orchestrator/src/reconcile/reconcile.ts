import type { GenerationState } from '@megacampus/db/generations';
import type { Lease } from '@megacampus/queue/slots';
import type { OrchestratorDeps } from '../deps.ts';
import { reconcileGeneration } from './reconcile-generation.ts';
import { reconcileLease } from './reconcile-lease.ts';
import {
  createReconcileMemory,
  emptyReport,
  type ReconcileMemory,
  type ReconcileReport,
  type Suspicion,
} from './report.ts';

export { createReconcileMemory, type ReconcileReport };

/**
 * One pass over leases, jobs and the database, repairing each disagreement. The database decides what is in
 * flight; Redis is brought in line with it, also when all of its data is gone. To be run by one process at a
 * time (it would do no harm otherwise, only double work). One failing repair does not stop the rest.
 *
 * @param signal ends the pass between two repairs, with its reason.
 * @throws UnavailableFault when the overview itself cannot be read.
 */
export async function reconcileOnce(
  deps: OrchestratorDeps,
  memory: ReconcileMemory,
  signal?: AbortSignal,
): Promise<ReconcileReport> {
  const [leases, states] = await overview(deps);
  const report = emptyReport(states.length, leases.length);
  const seen = new Set<string>();
  const suspicion: Suspicion = {
    confirmed(what) {
      seen.add(what);
      return memory.suspects.has(what);
    },
  };
  const held = new Map(leases.map((lease) => [lease.courseId, lease]));
  const inFlight = new Set(states.map((state) => state.id));

  for (const state of states) {
    signal?.throwIfAborted();
    await guarded(deps, report, state.id, () =>
      reconcileGeneration(deps, state, held.get(state.course_id), suspicion, report),
    );
  }
  for (const lease of leases) {
    if (inFlight.has(lease.generationId)) continue;
    signal?.throwIfAborted();
    await guarded(deps, report, lease.generationId, () => reconcileLease(deps, lease, suspicion, report));
  }
  await guarded(deps, report, 'delayed jobs', () => hastenJobs(deps, report));
  await guarded(deps, report, 'limit', () => syncGlobalLimit(deps, report));

  memory.suspects.clear();
  for (const what of seen) memory.suspects.add(what);
  return report;
}

/** Leases are read first: what is admitted in between is then in the database's list without a lease, not the reverse. */
async function overview(deps: OrchestratorDeps): Promise<[Lease[], GenerationState[]]> {
  const leases = await deps.slots.list();
  return [leases, await deps.store.listInFlight()];
}

async function guarded(
  deps: OrchestratorDeps,
  report: ReconcileReport,
  subject: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (err) {
    report.errors += 1;
    deps.log.error({ err, subject }, 'reconciling one subject failed');
  }
}

/**
 * A job that a worker with a wrong clock has put off would wait for as much as that is off; also one that has nothing to do
 * any more, as its generation has ended.
 */
async function hastenJobs(deps: OrchestratorDeps, report: ReconcileReport): Promise<void> {
  const jobIds = await deps.queue.hasten();
  if (jobIds.length === 0) return;
  report.jobsHastened += jobIds.length;
  deps.log.warn({ jobIds }, 'jobs were put off too far, or are long due; they run now');
}

/** The admin's limit lives in the database; Redis has the copy that the reserve script reads. */
async function syncGlobalLimit(deps: OrchestratorDeps, report: ReconcileReport): Promise<void> {
  const [wanted, present] = await Promise.all([deps.store.globalLimit(), deps.slots.getGlobalLimit()]);
  if (wanted === present) return;
  await deps.slots.setGlobalLimit(wanted);
  report.limitSynced = true;
}
