import type { Stage } from '@megacampus/domain/steps';
import type { Tier } from '@megacampus/domain/tiers';
import type { Logger } from '@megacampus/log';
import type { ReconcileReport } from '@megacampus/orchestrator/reconcile';
import type { CourseQueue } from '@megacampus/queue/queue';
import type { Slots } from '@megacampus/queue/slots';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { JobOutcome } from '../job-outcome.ts';

export interface WorkerMetrics {
  /** A job was taken up for the first time, so long after it was put on the queue. */
  jobTaken(tier: Tier, waitedMs: number): void;
  jobFinished(stage: Stage, outcome: JobOutcome, durationMs: number): void;
  reconciled(report: ReconcileReport): void;
  webhookFinished(outcome: string): void;
  /** Everything in Prometheus's text format. */
  scrape(): Promise<{ contentType: string; body: string }>;
}

interface MetricsDeps {
  readonly queue: Pick<CourseQueue, 'counts'>;
  readonly slots: Pick<Slots, 'list' | 'getGlobalLimit'>;
  readonly defaultGlobalLimit: number;
  readonly running: { readonly size: number };
  readonly log: Logger;
}

/** The worker's metrics, event loop lag included. What lives in Redis is read at each scrape, left out when it is down. */
export function createWorkerMetrics(deps: MetricsDeps): WorkerMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const jobs = new Counter({
    name: 'megacampus_jobs_total',
    help: 'Runs of jobs that ended, by stage and outcome.',
    labelNames: ['stage', 'outcome'],
    registers,
  });
  const durations = new Histogram({
    name: 'megacampus_job_duration_seconds',
    help: 'Duration of runs of jobs.',
    labelNames: ['stage'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600],
    registers,
  });
  const waits = new Histogram({
    name: 'megacampus_job_wait_seconds',
    help: 'Time that jobs waited in the queue before they were taken up, by tier.',
    labelNames: ['tier'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600],
    registers,
  });
  const repairs = new Counter({
    name: 'megacampus_reconciler_repairs_total',
    help: 'Disagreements between leases, jobs and the database that were repaired.',
    labelNames: ['repair'],
    registers,
  });
  const webhooks = new Counter({
    name: 'megacampus_webhooks_total',
    help: 'Webhook deliveries that were tried, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const running: Gauge = new Gauge({
    name: 'megacampus_jobs_running',
    help: 'Jobs this process runs now.',
    registers,
    collect: () => running.set(deps.running.size),
  });
  registerRedisGauges(deps, registers);

  return {
    jobTaken: (tier, waitedMs) => waits.observe({ tier }, waitedMs / 1_000),
    jobFinished(stage, outcome, durationMs) {
      jobs.inc({ stage, outcome });
      durations.observe({ stage }, durationMs / 1_000);
    },
    reconciled(report) {
      for (const [repair, count] of Object.entries(repairsOf(report))) repairs.inc({ repair }, count);
    },
    webhookFinished: (outcome) => webhooks.inc({ outcome }),
    scrape: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}

function repairsOf(report: ReconcileReport): Record<string, number> {
  return {
    lease_restored: report.leasesRestored,
    lease_freed: report.leasesFreed,
    job_restored: report.jobsRestored,
    job_hastened: report.jobsHastened,
    failure_recorded: report.failuresRecorded,
    orphan_recovered: report.orphansRecovered,
    priority_raised: report.prioritiesRaised,
    error: report.errors,
  };
}

function registerRedisGauges(deps: MetricsDeps, registers: Registry[]): void {
  const orNothing = async (gauge: Gauge, read: () => Promise<void>) => {
    gauge.reset();
    await read().catch((err: unknown) => deps.log.debug({ err }, 'gauge not read'));
  };
  const depth: Gauge<'state'> = new Gauge({
    name: 'megacampus_queue_jobs',
    help: 'Jobs in the queue by state.',
    labelNames: ['state'],
    registers,
    collect: () =>
      orNothing(depth, async () => {
        for (const [state, count] of Object.entries(await deps.queue.counts())) depth.set({ state }, count);
      }),
  });
  const held: Gauge = new Gauge({
    name: 'megacampus_slots_held',
    help: 'Slots held: generations in flight.',
    registers,
    collect: () => orNothing(held, async () => held.set((await deps.slots.list()).length)),
  });
  const limit: Gauge = new Gauge({
    name: 'megacampus_slots_limit',
    help: 'Generations that may be in flight at once.',
    registers,
    collect: () =>
      orNothing(limit, async () => limit.set((await deps.slots.getGlobalLimit()) ?? deps.defaultGlobalLimit)),
  });
}
