import type { GenerationState, GenerationStore } from '@megacampus/db/generations';
import type { Metrics } from '@megacampus/db/metrics';
import type { Logger } from '@megacampus/log';
import type { CourseQueue } from '@megacampus/queue/queue';
import type { Signals } from '@megacampus/queue/signals';
import type { Slots } from '@megacampus/queue/slots';
import { createDeferred, type Deferred } from './deferred.ts';
import { createSingleFlight, type SingleFlight } from './single-flight.ts';

/** What the orchestrator is given of the world. */
interface Parts {
  readonly store: GenerationStore;
  readonly slots: Slots;
  readonly queue: CourseQueue;
  readonly signals: Pick<Signals, 'publishProgress' | 'publishCancel'>;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Bound on generations in flight over all users, unless an admin has set another in the database. */
  readonly globalConcurrencyLimit: number;
}

/** What the orchestrator's functions work with; each picks the part it uses. Made once per process. */
export interface OrchestratorDeps extends Parts {
  readonly deferred: Deferred;
  /** Requests that wait for the same other admission ask the database together. */
  readonly askOnce: SingleFlight<GenerationState | null>;
}

export function createOrchestratorDeps(parts: Parts): OrchestratorDeps {
  return { ...parts, deferred: createDeferred(parts.log), askOnce: createSingleFlight() };
}

/** What identifies a generation and its slot. */
export interface GenerationRef {
  readonly generationId: string;
  readonly courseId: string;
  readonly userId: string;
}
