import { z } from 'zod';

/** What one worker knows of the language model's server, as it tells it with its heartbeat. */
export const modelHealthSchema = z.object({
  /** Null: no model is configured, courses are made by the extractive engine. */
  model: z.string().nullable(),
  /** `open`: after failures in a row requests are held back and fail at once. */
  breaker: z.enum(['closed', 'open']),
  /** Requests under way in this worker. */
  requests: z.number(),
  lastSuccessAt: z.iso.datetime().nullable(),
  /** The newest first. */
  errors: z.array(z.object({ at: z.iso.datetime(), text: z.string() })),
});
export type ModelHealth = z.infer<typeof modelHealthSchema>;
