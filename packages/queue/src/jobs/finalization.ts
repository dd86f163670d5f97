import { z } from 'zod';
import { ATTEMPTS, BACKOFF, type JobContract, payloadBaseSchema } from './base.ts';

/** Sums the course up and completes it, once every lesson has ended. */
const payload = payloadBaseSchema.extend({ jobType: z.literal('finalization') });
export type FinalizationPayload = z.infer<typeof payload>;

export const finalization: JobContract<FinalizationPayload> = {
  stage: 'finalization',
  payload,
  deadlineMs: 10 * 60_000,
  attempts: ATTEMPTS,
  backoff: BACKOFF,
  jobId: (job) => `${job.generationId}.finalization`,
};
