import type { Stage } from '@megacampus/domain/steps';
import type { Logger } from '@megacampus/log';
import type { GenerationRef, OrchestratorDeps } from '@megacampus/orchestrator/deps';
import type { StagePayloads } from '@megacampus/queue/jobs';
import type { Job } from 'bullmq';
import type { WorkerMetrics } from './admin/metrics.ts';
import type { JobLog } from './job-log.ts';
import type { RunningJob, RunningJobs } from './running-jobs.ts';
import type { StageDeps, StageHandlers } from './stages/stage-handler.ts';

export interface RunJobDeps extends OrchestratorDeps {
  readonly handlers: StageHandlers;
  readonly stageDeps: StageDeps;
  /** Longest one attempt may take, in milliseconds. */
  readonly deadlinesMs: Readonly<Record<Stage, number>>;
  readonly running: RunningJobs;
  readonly jobLog: JobLog;
  readonly workerMetrics: Pick<WorkerMetrics, 'jobFinished' | 'jobTaken'>;
}

/** One run of one job, with all that its parts need. */
export interface JobRun<S extends Stage = Stage> {
  readonly job: Job;
  readonly jobId: string;
  /** Proves to the queue that this run still owns the job. */
  readonly token: string | undefined;
  readonly stage: S;
  readonly payload: StagePayloads[S];
  readonly ref: GenerationRef;
  readonly log: Logger;
  readonly running: RunningJob;
}
