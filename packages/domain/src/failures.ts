import { z } from 'zod';
import { DOCUMENT_ERROR_REASONS } from './errors.ts';

/**
 * Why a generation failed, in a form that can be told in any language. `error_details.failure` of a course; its
 * `error_message` says the same in Russian. What an engine says in the course's own language has none.
 */
const failureSchema = z.discriminatedUnion('code', [
  z.object({ code: z.literal('timeout') }),
  z.object({ code: z.literal('model_away') }),
  z.object({ code: z.literal('attempts'), attempts: z.number() }),
  /** Workers died of it, or its end could not be recorded. */
  z.object({ code: z.literal('interrupted') }),
  z.object({ code: z.literal('no_documents') }),
  z.object({
    code: z.literal('documents'),
    documents: z.array(z.object({ name: z.string(), reason: z.enum(DOCUMENT_ERROR_REASONS) })),
  }),
  /** Not one lesson could be made; the first one's reason, as it was written. */
  z.object({ code: z.literal('no_lessons'), reason: z.string().nullable() }),
]);

export type Failure = z.infer<typeof failureSchema>;

const detailsSchema = z.object({ failure: failureSchema });

/** The failure in a course's `error_details`; null where there is none that is known. */
export function failureIn(details: unknown): Failure | null {
  const parsed = detailsSchema.safeParse(details);
  return parsed.success ? parsed.data.failure : null;
}
