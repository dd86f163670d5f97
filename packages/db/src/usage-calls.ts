import { z } from 'zod';
import type { CallOptions, Rpc } from './rpc.ts';

/** What one request to a language model used. */
export interface ModelUsage {
  /** What was asked for, such as `lesson` or `quiz`. */
  readonly call: string;
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** The provider gave no numbers; these come from the length of the texts. */
  readonly estimated: boolean;
  /** In the currency of the configured prices; null without prices. */
  readonly cost: number | null;
}

/** What generations use of a language model, and what became of it. */
export function usageCalls(rpc: Rpc) {
  return {
    /** Not fenced: what a cancelled generation used was used all the same. Null when the generation is gone. */
    recordModelUsage(
      work: { readonly generationId: string; readonly lessonId: string | null; readonly usage: ModelUsage },
      options?: CallOptions,
    ) {
      const args = { p_generation_id: work.generationId, p_lesson_id: work.lessonId, p_usage: work.usage };
      return rpc('record_model_usage', args, z.object({ tokens: z.number() }).nullable(), options);
    },

    loadModelUsage: (generationId: string, options?: CallOptions) =>
      rpc(
        'load_model_usage',
        { p_generation_id: generationId },
        z.object({ tokens: z.number(), cost: z.number().nullable() }),
        options,
      ),

    /** Why lessons failed, in course order. */
    listLessonErrors: (generationId: string, options?: CallOptions) =>
      rpc('list_lesson_errors', { p_generation_id: generationId }, z.array(z.string()), options),
  };
}
