import type { StepId, StepStatus } from '@megacampus/domain/steps';
import type { OrchestratorDeps } from './deps.ts';

export interface ProgressReport {
  readonly courseId: string;
  readonly generationId: string;
  readonly stepId: StepId;
  readonly status: StepStatus;
  readonly message: string;
  readonly error?: { readonly message: string; readonly details?: Readonly<Record<string, unknown>> };
  readonly metadata?: Readonly<Record<string, unknown>>;
}

export type ReportOutcome =
  | { kind: 'recorded' }
  /** The generation has ended or is no longer the course's: nothing was changed. */
  | { kind: 'fenced'; currentGenerationId: string | null }
  /** The course does not exist any more. */
  | { kind: 'gone' };

/**
 * Moves a step in the database, then tells whoever watches. The database's answer says whether the report was
 * taken: its metadata names the generation that the course belongs to.
 *
 * @throws UnavailableFault, Fault from the database; a failing publication is only logged, as watchers poll too.
 */
export async function reportProgress(
  deps: Pick<OrchestratorDeps, 'store' | 'signals' | 'log'>,
  report: ProgressReport,
  signal?: AbortSignal,
): Promise<ReportOutcome> {
  const progress = await deps.store.recordProgress(
    {
      courseId: report.courseId,
      stepId: report.stepId,
      status: report.status,
      message: report.message,
      ...(report.error ? { error: report.error } : {}),
      metadata: { ...report.metadata, generation_id: report.generationId },
    },
    signal ? { signal } : {},
  );
  if (progress === null) return { kind: 'gone' };
  if (progress.currentGenerationId !== report.generationId) {
    return { kind: 'fenced', currentGenerationId: progress.currentGenerationId };
  }
  announce(deps, report.courseId, report.generationId);
  return { kind: 'recorded' };
}

/**
 * Tells watchers of a course that it has changed; they read the new state themselves. Never throws. Said after what waits
 * to go on: a request is answered first.
 */
export function announce(
  deps: Pick<OrchestratorDeps, 'signals' | 'log'>,
  courseId: string,
  generationId: string,
): void {
  setImmediate(() => {
    deps.signals.publishProgress({ courseId, generationId }).catch((err: unknown) => {
      deps.log.child({ courseId, generationId }).warn({ err }, 'progress was recorded but not announced');
    });
  });
}
