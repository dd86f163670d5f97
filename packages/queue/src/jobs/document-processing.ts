import { z } from 'zod';
import { ATTEMPTS, BACKOFF, type JobContract, payloadBaseSchema } from './base.ts';

/** Reads the course's documents into passages. The first stage, only of courses that have documents. */
const payload = payloadBaseSchema.extend({
  jobType: z.literal('document_processing'),
  hasDocuments: z.literal(true),
});
export type DocumentProcessingPayload = z.infer<typeof payload>;

export const documentProcessing: JobContract<DocumentProcessingPayload> = {
  stage: 'document_processing',
  payload,
  // Ten documents of 100 MB, the largest tier, at about 10 MB/s of parsing, with room for a busy machine.
  deadlineMs: 10 * 60_000,
  attempts: ATTEMPTS,
  backoff: BACKOFF,
  jobId: (job) => job.generationId,
};
