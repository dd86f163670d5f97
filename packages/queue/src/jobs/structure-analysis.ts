import { z } from 'zod';
import { ATTEMPTS, BACKOFF, type JobContract, payloadBaseSchema } from './base.ts';

/** Works out what the course is for and about. The first stage of a course without documents, and of every rewriting. */
const payload = payloadBaseSchema.extend({ jobType: z.literal('structure_analysis') });
export type StructureAnalysisPayload = z.infer<typeof payload>;

export const structureAnalysis: JobContract<StructureAnalysisPayload> = {
  stage: 'structure_analysis',
  payload,
  deadlineMs: 10 * 60_000,
  attempts: ATTEMPTS,
  backoff: BACKOFF,
  jobId: (job) =>
    job.hasDocuments && job.rewrite === null ? `${job.generationId}.structure_analysis` : job.generationId,
};
