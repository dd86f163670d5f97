/** What the browser needs of the life of a generation, apart from the schemas: zod would be half of a page's scripts. */

/** The five lines of progress a user sees; the number is the id in `update_course_progress`. */
export const STEP_IDS = [1, 2, 3, 4, 5] as const;
export type StepId = (typeof STEP_IDS)[number];

/** Values of `courses.generation_status` and `generations.status`; NULL before the first generation. */
export const GENERATION_STATUSES = [
  'initializing',
  'processing_documents',
  'analyzing_task',
  'generating_structure',
  'generating_content',
  'finalizing',
  'completed',
  'failed',
  'cancelled',
] as const;
export type GenerationStatus = (typeof GENERATION_STATUSES)[number];

export const ENDED_STATUSES = ['completed', 'failed', 'cancelled'] as const satisfies GenerationStatus[];

/** True once a generation can no longer change. NULL (never generated) counts as not in flight. */
export function hasEnded(status: GenerationStatus | null): boolean {
  return status === null || (ENDED_STATUSES as readonly string[]).includes(status);
}

/** One kind of job in a generation; also the BullMQ job name. */
export const STAGES = [
  'document_processing',
  'structure_analysis',
  'structure_generation',
  'text_generation',
  'finalization',
] as const;
export type Stage = (typeof STAGES)[number];

const STAGE_STEP = {
  document_processing: 2,
  structure_analysis: 2,
  structure_generation: 3,
  text_generation: 4,
  finalization: 5,
} as const satisfies Record<Stage, StepId>;

/** The step under which a stage reports its progress. */
export function stepOfStage(stage: Stage): StepId {
  return STAGE_STEP[stage];
}
