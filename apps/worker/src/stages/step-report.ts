import { type StepId, type StepStatus, stepName } from '@megacampus/domain/steps';
import { reportProgress } from '@megacampus/orchestrator/report';
import { Interruption } from '../interruption.ts';
import type { StageContext } from './stage-handler.ts';

interface StepDetail {
  /** Behind the step's name in the message. */
  readonly detail?: string | undefined;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/**
 * Moves a step of the generation under way. The message begins with the step's name.
 *
 * @throws Interruption when the generation has ended or the course is gone: there is nothing left to do.
 */
export async function reportStep(
  { deps, log, generation, signal }: StageContext,
  stepId: StepId,
  status: StepStatus,
  { detail, metadata }: StepDetail = {},
): Promise<void> {
  const name = stepName(stepId, generation.has_documents);
  const outcome = await reportProgress(
    { ...deps, log },
    {
      courseId: generation.course_id,
      generationId: generation.id,
      stepId,
      status,
      message: detail ? `${name}: ${detail}` : name,
      ...(metadata ? { metadata } : {}),
      // Kept with the generation: readers are told what made their course.
      metadata: { model: deps.engine.name },
    },
    signal,
  );
  if (outcome.kind !== 'recorded') throw new Interruption('ended');
}

/** Passes what the database stored. @throws Interruption when it stored nothing: the generation has ended. */
export function requireSaved<T extends { readonly saved: boolean }>(result: T | null): T {
  if (result === null || !result.saved) throw new Interruption('ended');
  return result;
}
