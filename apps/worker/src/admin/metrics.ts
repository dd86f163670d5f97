import type { Stage } from '@megacampus/domain/steps';
import type { Tier } from '@megacampus/domain/tiers';
import type { ModelUsage } from '@megacampus/generation/engine';
import type { ReconcileReport } from '@megacampus/orchestrator/reconcile';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { JobOutcome } from '../job-outcome.ts';
import { answers, type ReadinessChecks } from './readiness.ts';
import { createRedisGauges, type RedisGaugeDeps } from './redis-gauges.ts';

export interface WorkerMetrics {
  /** A job was taken up for the first time, so long after it was put on the queue. */
  jobTaken(tier: Tier, waitedMs: number): void;
  /** A worker died with this job; this one has put it back on the queue. */
  jobTakenOver(): void;
  /** One answer of the language model. */
  modelUsed(usage: Pick<ModelUsage, 'model' | 'inputTokens' | 'outputTokens'>): void;
  jobFinished(stage: Stage, outcome: JobOutcome, durationMs: number): void;
  reconciled(report: ReconcileReport): void;
  webhookFinished(outcome: string): void;
  /** Everything in Prometheus's text format. */
  scrape(): Promise<{ contentType: string; body: string }>;
}

interface MetricsDeps extends RedisGaugeDeps {
  readonly running: { readonly size: number };
  /** Ask a server something that it answers when it is well. */
  readonly probes: Pick<ReadinessChecks, 'redis' | 'database'>;
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
  const takenOver = new Counter({
    name: 'megacampus_jobs_taken_over_total',
    help: 'Jobs of workers that died, put back on the queue by this worker.',
    registers,
  });
  const tokens = new Counter({
    name: 'megacampus_model_tokens_total',
    help: 'Tokens that language models took in and gave out, embeddings included.',
    labelNames: ['model', 'direction'],
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
  const servers = new Gauge({
    name: 'megacampus_server_up',
    help: 'Whether a server answers this worker: 1 or 0.',
    labelNames: ['server'],
    registers,
  });
  const probeServers = Object.entries(deps.probes).map(
    ([server, probe]) =>
      async () =>
        servers.set({ server }, Number(await answers(probe))),
  );
  const redis = createRedisGauges(deps, registers);

  return {
    jobTaken: (tier, waitedMs) => waits.observe({ tier }, waitedMs / 1_000),
    jobTakenOver: () => takenOver.inc(),
    modelUsed({ model, inputTokens, outputTokens }) {
      tokens.inc({ model, direction: 'input' }, inputTokens);
      tokens.inc({ model, direction: 'output' }, outputTokens);
    },
    jobFinished(stage, outcome, durationMs) {
      jobs.inc({ stage, outcome });
      durations.observe({ stage }, durationMs / 1_000);
    },
    reconciled(report) {
      for (const [repair, count] of Object.entries(repairsOf(report))) repairs.inc({ repair }, count);
    },
    webhookFinished: (outcome) => webhooks.inc({ outcome }),
    async scrape() {
      await Promise.all([redis.read(), ...probeServers.map((probe) => probe())]);
      return { contentType: registry.contentType, body: await registry.metrics() };
    },
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
