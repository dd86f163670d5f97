import { stepName, stepOfStage } from '@megacampus/domain/steps';
import type { JobSpec } from '@megacampus/queue/jobs';
import type { OrchestratorDeps } from './deps.ts';
import { announce, reportProgress } from './report.ts';

/**
 * Records that a job has failed for good. A lesson fails alone and the course goes on without it; any other
 * stage ends the generation. To be called only when attempts are exhausted or the error is permanent.
 *
 * @param reason shown to the user: plain words, no internals.
 */
export async function failStage(
  deps: Pick<OrchestratorDeps, 'store' | 'signals' | 'log'>,
  payload: JobSpec['payload'],
  reason: string,
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
    error: { message: reason, details: { stage: payload.jobType } },
  });
}
