import { z } from 'zod';
import { ATTEMPTS, BACKOFF, type JobContract, payloadBaseSchema } from './base.ts';

/** Makes the outline: sections and lessons. */
const payload = payloadBaseSchema.extend({ jobType: z.literal('structure_generation') });
export type StructureGenerationPayload = z.infer<typeof payload>;

export const structureGeneration: JobContract<StructureGenerationPayload> = {
  stage: 'structure_generation',
  payload,
  deadlineMs: 15 * 60_000,
  attempts: ATTEMPTS,
  backoff: BACKOFF,
  jobId: (job) => `${job.generationId}.structure_generation`,
};
