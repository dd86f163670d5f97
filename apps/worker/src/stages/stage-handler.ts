import type { DocumentStore } from '@megacampus/db/documents';
import type { GenerationState, GenerationStore } from '@megacampus/db/generations';
import type { Stage } from '@megacampus/domain/steps';
import type { DocumentReader } from '@megacampus/generation/documents';
import type { CourseEngine } from '@megacampus/generation/engine';
import type { Logger } from '@megacampus/log';
import type { OrchestratorDeps } from '@megacampus/orchestrator/deps';
import type { StagePayloads } from '@megacampus/queue/jobs';
import type { WorkerMetrics } from '../admin/metrics.ts';

/** What stages need of the world. */
export interface StageDeps extends Pick<OrchestratorDeps, 'store' | 'signals' | 'log'> {
  readonly store: GenerationStore;
  readonly engine: CourseEngine;
  readonly documents: DocumentStore;
  readonly reader: DocumentReader;
  readonly workerMetrics: Pick<WorkerMetrics, 'modelUsed'>;
}

export interface StageContext {
  readonly deps: StageDeps;
  readonly log: Logger;
  /** Aborted with an Interruption when the job has to stop. */
  readonly signal: AbortSignal;
  /** What the database knew of the generation when the job began. */
  readonly generation: GenerationState;
}

/**
 * The work of one stage. Asks first whether its output is stored already; stores it under the generation's
 * fence; may be run twice, by two workers at once, and be stopped anywhere. What comes next is not its concern.
 */
export type StageHandler<S extends Stage> = (payload: StagePayloads[S], context: StageContext) => Promise<void>;

export type StageHandlers = { readonly [S in Stage]: StageHandler<S> };
