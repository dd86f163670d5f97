import { MAX_INSTRUCTION_CHARS } from '@megacampus/domain/api';
import { briefSchema } from '@megacampus/domain/course';
import type { Stage } from '@megacampus/domain/steps';
import { tierSchema } from '@megacampus/domain/tiers';
import { z } from 'zod';

/**
 * What every job carries (contract §7): who and what, and the whole brief, flat. `createdAt` is the admission,
 * the same in all jobs of a generation, so that the time waited counts from it.
 */
export const payloadBaseSchema = briefSchema.extend({
  generationId: z.string().regex(/^course-gen-[\w-]+$/),
  organizationId: z.uuid(),
  courseId: z.uuid(),
  userId: z.uuid(),
  tier: tierSchema,
  requestId: z.string().min(1),
  webhookUrl: z.url().nullable(),
  createdAt: z.iso.datetime({ offset: true }),
  /** Decides which stage is the first, and so which job has the generation's own id. */
  hasDocuments: z.boolean(),
  /** Of a generation that writes one lesson anew: the lesson, of the version before, and the wish, '' for none. */
  rewrite: z
    .object({ lessonId: z.uuid(), instruction: z.string().max(MAX_INSTRUCTION_CHARS) })
    .nullable()
    .default(null),
});
export type PayloadBase = z.infer<typeof payloadBaseSchema>;

/** Exponential backoff: after the n-th failed attempt `delayMs × 2^(n−1)`, less up to `jitter` of it. */
export interface Backoff {
  readonly delayMs: number;
  /** 0–1. Attempts that failed together, by one outage, do not come back together. */
  readonly jitter: number;
}

/** All that both sides know about one kind of job; its handler lives in apps/worker/src/stages under the same name. */
export interface JobContract<Payload extends PayloadBase = PayloadBase> {
  readonly stage: Stage;
  readonly payload: z.ZodType<Payload>;
  /** Longest one attempt may take, in ms; then it is aborted and counts as failed. */
  readonly deadlineMs: number;
  readonly attempts: number;
  readonly backoff: Backoff;
  /** The job's id, a pure function of its payload: adding the same work twice is one job. */
  jobId(payload: Payload): string;
}

/** Contract §7. */
export const ATTEMPTS = 3;
export const BACKOFF: Backoff = { delayMs: 1_000, jitter: 0.5 };
