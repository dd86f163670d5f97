import { hasEnded } from '@megacampus/domain/steps';
import type { Lease } from '@megacampus/queue/slots';
import type { OrchestratorDeps } from '../deps.ts';
import { ensureAdmitted, ORPHAN_AFTER_MS } from '../ensure-admitted.ts';
import type { ReconcileReport, Suspicion } from './report.ts';

/**
 * A slot whose generation is not in flight according to the database: one that has ended, one that is being
 * admitted right now, or what a process left behind that died in the middle of an admission.
 */
export async function reconcileLease(
  deps: OrchestratorDeps,
  lease: Lease,
  suspicion: Suspicion,
  report: ReconcileReport,
): Promise<void> {
  const generation = await deps.store.loadGeneration(lease.generationId);
  if (generation !== null) {
    if (hasEnded(generation.status)) await free(deps, lease, 'generation ended', report);
    return;
  }
  const known = suspicion.confirmed(`unrecorded:${lease.generationId}`);
  if (!known || lease.heldForMs < ORPHAN_AFTER_MS) return;
  const job = await deps.queue.load(lease.generationId);
  if (job === null) {
    await free(deps, lease, 'admission died before enqueueing', report);
    return;
  }
  if (job.state === 'active') return;
  const { generationId, courseId } = lease;
  const outcome = await ensureAdmitted({ ...deps, log: deps.log.child({ generationId, courseId }) }, job.payload);
  if (outcome.kind === 'admitted') {
    report.orphansRecovered += 1;
    return;
  }
  // Its slot is released by then.
  await deps.queue.remove(lease.generationId);
  report.leasesFreed += 1;
}

async function free(deps: OrchestratorDeps, lease: Lease, reason: string, report: ReconcileReport): Promise<void> {
  if ((await deps.slots.release(lease)) === 'not_held') return;
  report.leasesFreed += 1;
  deps.log.warn({ generationId: lease.generationId, courseId: lease.courseId, reason }, 'leaked slot freed');
}
