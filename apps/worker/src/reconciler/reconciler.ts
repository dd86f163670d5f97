import type { Logger } from '@megacampus/log';
import type { OrchestratorDeps } from '@megacampus/orchestrator/deps';
import { createReconcileMemory, type ReconcileReport, reconcileOnce } from '@megacampus/orchestrator/reconcile';
import type { WorkerMetrics } from '../admin/metrics.ts';
import type { Loop } from '../repeat.ts';
import { startLeaderLoop } from './leader-loop.ts';
import type { Leadership } from './leadership.ts';

const RECONCILE_EVERY_MS = 3_000;

interface ReconcilerDeps {
  readonly orchestrator: OrchestratorDeps;
  readonly leadership: Pick<Leadership, 'term'>;
  readonly metrics: Pick<WorkerMetrics, 'reconciled'>;
  readonly log: Logger;
}

/**
 * Compares leases, jobs and the database every few seconds, while this process leads. What a pass remembers of
 * the last one belongs to a term, so that no suspicion from before another leader's time is acted upon.
 */
export function startReconciler({ orchestrator, leadership, metrics, log }: ReconcilerDeps): Loop {
  let memory = createReconcileMemory();
  let memoryOf: AbortSignal | null = null;
  return startLeaderLoop({
    name: 'reconciler',
    intervalMs: RECONCILE_EVERY_MS,
    leadership,
    log,
    pass: async (signal, term) => {
      if (term !== memoryOf) memory = createReconcileMemory();
      memoryOf = term;
      const startedAt = performance.now();
      const report = await reconcileOnce(orchestrator, memory, signal);
      metrics.reconciled(report);
      const durationMs = Math.round(performance.now() - startedAt);
      log[hasRepairs(report) ? 'info' : 'debug']({ ...report, durationMs }, 'reconciled');
    },
  });
}

function hasRepairs({ inFlight: _, leases: __, ...repairs }: ReconcileReport): boolean {
  return Object.values(repairs).some((count) => count !== 0 && count !== false);
}
