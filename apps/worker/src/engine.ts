import type { CourseEngine } from '@megacampus/generation/engine';
import { createExtractiveEngine } from '@megacampus/generation/extractive';
import { createModelEngine, type ModelEngineOptions } from '@megacampus/generation/model';

/** The engine that writes courses, chosen here and nowhere else: a language model where one is configured. */
export function createEngine(model: ModelEngineOptions | null = null): CourseEngine {
  return model === null ? createExtractiveEngine() : createModelEngine(model);
}
