import { z } from 'zod';
import { GENERATION_STATUSES, type GenerationStatus, STAGES, STEP_IDS, type StepId } from './lifecycle.ts';
import { documentTypeSchema } from './tiers.ts';

export {
  ENDED_STATUSES,
  GENERATION_STATUSES,
  type GenerationStatus,
  hasEnded,
  STAGES,
  STEP_IDS,
  type Stage,
  type StepId,
  stepOfStage,
} from './lifecycle.ts';

export const STEP_STATUSES = ['pending', 'in_progress', 'completed', 'failed'] as const;
export const stepStatusSchema = z.enum(STEP_STATUSES);
export type StepStatus = z.infer<typeof stepStatusSchema>;

export const generationStatusSchema = z.enum(GENERATION_STATUSES);
/** Publication of a course; a different thing from its generation (contract §3). */
export const COURSE_STATUSES = ['draft', 'published', 'archived'] as const;
export const courseStatusSchema = z.enum(COURSE_STATUSES);

export const stageSchema = z.enum(STAGES);
/** The first stage of a generation: documents are read first where there are any. */
export function firstStage(hasDocuments: boolean): 'document_processing' | 'structure_analysis' {
  return hasDocuments ? 'document_processing' : 'structure_analysis';
}

/** The fixed Russian names of the steps (contract §3). */
export function stepName(id: StepId, hasDocuments: boolean): string {
  switch (id) {
    case 1:
      return 'Запуск генерации';
    case 2:
      return hasDocuments ? 'Обработка документов' : 'Анализ задачи';
    case 3:
      return 'Генерация структуры';
    case 4:
      return 'Создание контента';
    case 5:
      return 'Финализация';
  }
}

/** `generation_status` while a step is in progress. */
export function statusOfStep(id: StepId, hasDocuments: boolean): GenerationStatus {
  switch (id) {
    case 1:
      return 'initializing';
    case 2:
      return hasDocuments ? 'processing_documents' : 'analyzing_task';
    case 3:
      return 'generating_structure';
    case 4:
      return 'generating_content';
    case 5:
      return 'finalizing';
  }
}

/**
 * Percentage (0–100) of a generation whose current step is `id` (contract §3): a completed step is
 * `id × 20`, one in progress `(id − 1) × 20 + 10`, and step 4 moves with the lessons done.
 */
export function percentageOf(
  id: StepId,
  status: 'in_progress' | 'completed',
  lessons: { done: number; total: number } = { done: 0, total: 0 },
): number {
  if (status === 'completed') return id * 20;
  if (id !== 4 || lessons.total <= 0) return (id - 1) * 20 + (id === 4 ? 0 : 10);
  return 60 + Math.floor((20 * Math.min(lessons.done, lessons.total)) / lessons.total);
}

export const stepSchema = z.object({
  id: z.literal(STEP_IDS),
  name: z.string(),
  status: stepStatusSchema,
  started_at: z.string().nullable(),
  completed_at: z.string().nullable(),
  error: z.string().nullable(),
  error_details: z.unknown(),
});

export const progressFileSchema = z.object({
  id: z.string(),
  name: z.string(),
  size: z.number(),
  type: documentTypeSchema,
  path: z.string(),
});

/** `courses.generation_progress` as the database function writes it. */
export const generationProgressSchema = z.object({
  steps: z.array(stepSchema).length(5),
  percentage: z.number().int().min(0).max(100),
  current_step: z.number().int(),
  message: z.string(),
  total_steps: z.literal(5),
  has_documents: z.boolean(),
  lessons_completed: z.number().int(),
  lessons_total: z.number().int(),
  files: z.array(progressFileSchema),
});
export type GenerationProgress = z.infer<typeof generationProgressSchema>;

/**
 * Whether a course has documents: `generation_progress.files` is a non-empty array. NULL, a missing key
 * and an empty array mean none; anything else is malformed, means none as well, and is for the caller to log.
 */
export function readHasDocuments(progress: unknown): { hasDocuments: boolean; malformed: boolean } {
  if (progress === null || progress === undefined) return { hasDocuments: false, malformed: false };
  if (typeof progress !== 'object' || Array.isArray(progress)) return { hasDocuments: false, malformed: true };
  const files = (progress as Record<string, unknown>)['files'];
  if (files === null || files === undefined) return { hasDocuments: false, malformed: false };
  if (!Array.isArray(files)) return { hasDocuments: false, malformed: true };
  return { hasDocuments: files.length > 0, malformed: false };
}
