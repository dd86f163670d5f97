import type { CourseEngine } from '@megacampus/generation/engine';
import { createExtractiveEngine } from '@megacampus/generation/extractive';
import type { ModelEngineOptions } from '@megacampus/generation/model';

/**
 * The engine that writes courses, chosen here and nowhere else: a language model where one is configured. Its SDK is a third
 * of what a worker reads at its start, and read only then.
 */
export async function createEngine(model: ModelEngineOptions | null = null): Promise<CourseEngine> {
  if (model === null) return createExtractiveEngine();
  const { createModelEngine } = await import('@megacampus/generation/model');
  return createModelEngine(model);
}
