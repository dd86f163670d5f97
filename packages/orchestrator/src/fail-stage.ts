import type { Failure } from '@megacampus/domain/failures';
import { stepName, stepOfStage } from '@megacampus/domain/steps';
import type { JobSpec } from '@megacampus/queue/jobs';
import type { OrchestratorDeps } from './deps.ts';
import { announce, reportProgress } from './report.ts';

export interface FailureReason {
  readonly reason: string;
  /** Null: it is told in one language only. */
  readonly failure?: Failure | null;
}

/**
 * Records that a job has failed for good. A lesson fails alone and the course goes on without it; any other
 * stage ends the generation. To be called only when attempts are exhausted or the error is permanent.
 *
 * @param reason shown to the user: plain words, no internals. `failure`: the same for whoever reads another language.
 */
export async function failStage(
  deps: Pick<OrchestratorDeps, 'store' | 'signals' | 'log'>,
  payload: JobSpec['payload'],
  { reason, failure }: FailureReason,
): Promise<void> {
  const { generationId, courseId } = payload;
  if (payload.jobType === 'text_generation') {
    await deps.store.failLesson({ generationId, lessonId: payload.lessonId, error: reason });
    announce(deps, courseId, generationId);
    return;
  }
  const stepId = stepOfStage(payload.jobType);
  await reportProgress(deps, {
    courseId,
    generationId,
    stepId,
    status: 'failed',
    message: `${stepName(stepId, payload.hasDocuments)}: ошибка`,
    error: { message: reason, details: { stage: payload.jobType, ...(failure && { failure }) } },
  });
}
