import { z } from 'zod';
import { courseStatusSchema, generationProgressSchema, generationStatusSchema, stageSchema } from './steps.ts';
import { tierSchema } from './tiers.ts';

/** Largest body of a JSON request, in bytes (contract §4: 413 over 16 KB). */
export const MAX_BODY_BYTES = 16 * 1024;

/** The whole admission, from the first byte read to the answer, in milliseconds (contract §4). */
export const ADMISSION_BUDGET_MS = 5_000;

/** The fixed texts of POST /api/coursegen/generate. */
export const GENERATE_TEXTS = {
  admitted: 'Генерация курса инициализирована',
  invalidBody: 'Invalid request body',
  unauthorized: 'Unauthorized: Invalid or missing authentication token',
  forbidden: 'Forbidden: You do not have access to this course',
  notFound: 'Course not found',
  globalLimit: 'System at capacity. Please try again in a few minutes.',
  rolledBack: 'Не удалось инициализировать генерацию курса. Попробуйте позже.',
  lessonNotFound: 'Lesson not found',
  inProgress: 'Another generation of this course is in progress',
} as const;

/** The fixed text of a 429 by the user's own limit. */
export function userLimitText(tier: z.infer<typeof tierSchema>, limit: number): string {
  return `Too many concurrent jobs. ${tier} tier allows ${limit} concurrent course generation.`;
}

/**
 * Body of POST /api/coursegen/generate. The shape only: whether a webhook address is safe to call is decided
 * by the webhook module, which resolves names.
 */
export const generateRequestSchema = z
  .strictObject({
    courseId: z.uuid().meta({ description: 'The course to generate; must be owned by the caller.' }),
    webhookUrl: z
      .url({ protocol: /^https$/ })
      .max(2048)
      .nullish()
      .meta({ description: 'Called with each change of status; https, public addresses only.' }),
  })
  .meta({ id: 'GenerateRequest' });
export type GenerateRequest = z.infer<typeof generateRequestSchema>;

/** Longest wish for a lesson that is written anew, in characters. */
export const MAX_INSTRUCTION_CHARS = 1_000;

/** Body of POST /api/courses/[slug]/lessons/[lessonId]/regenerate. */
export const regenerateRequestSchema = z
  .strictObject({
    instruction: z
      .string()
      .trim()
      .max(MAX_INSTRUCTION_CHARS)
      .default('')
      .meta({ description: 'What should be different; empty: write it anew.' }),
  })
  .meta({ id: 'RegenerateRequest' });

export const generateResponseSchema = z
  .object({
    success: z.literal(true),
    jobId: z.string(),
    message: z.literal(GENERATE_TEXTS.admitted),
    alreadyRunning: z.literal(true).optional(),
  })
  .meta({ id: 'GenerateResponse' });

export const errorBodySchema = z
  .object({ error: z.string(), details: z.unknown().optional(), requestId: z.string() })
  .meta({ id: 'ErrorBody' });

export const limitDetailsSchema = z
  .object({
    reason: z.enum(['user_limit', 'global_limit']),
    tier: tierSchema,
    user_limit: z.number().int(),
    current_user_jobs: z.number().int(),
    global_limit: z.number().int(),
    current_global_jobs: z.number().int(),
  })
  .meta({ id: 'LimitDetails' });
export type LimitDetails = z.infer<typeof limitDetailsSchema>;

/** Why a lesson cannot be written anew now: another generation of its course, which `jobId` names, is in flight. */
export const inProgressDetailsSchema = z
  .object({ reason: z.literal('generation_in_progress'), jobId: z.string() })
  .meta({ id: 'InProgressDetails' });

export const checkStatusResponseSchema = z
  .object({
    courseId: z.uuid(),
    slug: z.string(),
    currentStatus: courseStatusSchema,
    currentGenerationStatus: generationStatusSchema.nullable(),
    generationProgress: generationProgressSchema.nullable(),
    queuePosition: z.number().int().nullable().meta({
      description: 'Place among waiting jobs, 1 is next; null when nothing of this course waits.',
    }),
    updatedAt: z.iso.datetime({ offset: true }),
    isStuck: z.boolean().meta({ description: 'In flight, but no sign of life for longer than expected.' }),
  })
  .meta({ id: 'CheckStatusResponse' });
export type CheckStatusResponse = z.infer<typeof checkStatusResponseSchema>;

/** What a generation got over: another attempt, a server that was down, an attempt past its deadline. */
export const INCIDENT_KINDS = ['retry', 'outage', 'model_outage', 'timeout'] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

/** What has happened in a course's current generation, beside its steps. */
export const activitySchema = z.object({
  startedAt: z.string(),
  lessons: z.array(
    z.object({
      position: z.number().int(),
      title: z.string(),
      status: z.enum(['pending', 'completed', 'failed']),
      completedAt: z.string().nullable(),
    }),
  ),
  incidents: z.array(
    z.object({ kind: z.enum(INCIDENT_KINDS), stage: stageSchema, attempt: z.number().int(), at: z.string() }),
  ),
  recoveries: z.array(z.string()).meta({ description: 'When a run that had been lost was taken up again.' }),
});
export type Activity = z.infer<typeof activitySchema>;

/** How long generations take, in seconds: medians of those completed last. */
export const paceSchema = z.object({ samples: z.number(), beforeLessons: z.number(), perLesson: z.number() });
export type Pace = z.infer<typeof paceSchema>;

export const activityResponseSchema = z
  .object({
    activity: activitySchema.nullable().meta({ description: 'Null when the course was never generated.' }),
    pace: paceSchema.nullable().meta({ description: 'Null when nothing has been completed yet.' }),
    workers: z.number().int().nullable().meta({ description: 'Live workers; null when that is not known.' }),
  })
  .meta({ id: 'ActivityResponse' });
export type ActivityResponse = z.infer<typeof activityResponseSchema>;

export const cancelResponseSchema = z
  .object({ success: z.literal(true), message: z.string(), slug: z.string() })
  .meta({ id: 'CancelResponse' });

export const canCancelResponseSchema = z
  .object({
    canCancel: z.boolean(),
    currentStatus: generationStatusSchema.nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'CanCancelResponse' });

export const healthResponseSchema = z
  .object({
    status: z.enum(['ok', 'degraded']),
    version: z.string(),
    checks: z.object({
      redis: z.boolean(),
      database: z.boolean(),
      queue: z.boolean(),
      workers: z.number().int().meta({ description: 'Live workers on the queue.' }),
    }),
  })
  .meta({ id: 'HealthResponse' });
