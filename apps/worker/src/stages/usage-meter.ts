import type { UsageMeter } from '@megacampus/generation/engine';
import type { StageContext } from './stage-handler.ts';

/** The account of a generation in the database, which all workers share; of one lesson where it is for a lesson. */
export function createUsageMeter(
  { deps, generation, signal }: Pick<StageContext, 'deps' | 'generation' | 'signal'>,
  lessonId: string | null = null,
): UsageMeter {
  return {
    spent: async () => (await deps.store.loadModelUsage(generation.id, { signal })).tokens,
    async record(usage) {
      deps.workerMetrics.modelUsed(usage);
      // Without the signal: what a stopped job has used was used all the same.
      await deps.store.recordModelUsage({ generationId: generation.id, lessonId, usage });
    },
  };
}
