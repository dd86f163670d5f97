import { z } from 'zod';
import { ATTEMPTS, BACKOFF, type JobContract, payloadBaseSchema } from './base.ts';

/** Writes one lesson. One job a lesson, so that several workers share a course. */
const payload = payloadBaseSchema.extend({
  jobType: z.literal('text_generation'),
  lessonId: z.uuid(),
  /** From 1, over the whole course. */
  lessonPosition: z.number().int().min(1),
});
export type TextGenerationPayload = z.infer<typeof payload>;

export const textGeneration: JobContract<TextGenerationPayload> = {
  stage: 'text_generation',
  payload,
  deadlineMs: 15 * 60_000,
  attempts: ATTEMPTS,
  backoff: BACKOFF,
  jobId: (job) => `${job.generationId}.text_generation.${job.lessonId}`,
};
