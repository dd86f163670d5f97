import type { CourseEngine } from '@megacampus/generation/engine';
import { createExtractiveEngine } from '@megacampus/generation/extractive';
import { createModelEngine } from '@megacampus/generation/model';
import { z } from 'zod';
import { aiEnvOf, aiProblems, aiVariables } from '../../apps/worker/src/ai-env.ts';

export const ENGINE_KINDS = ['extractive', 'model'] as const;
export type EngineKind = (typeof ENGINE_KINDS)[number];

/** The model's settings, read as the worker reads them; null where none is configured. */
function modelSettings() {
  const [problem] = aiProblems(process.env);
  if (problem !== undefined) throw new Error(problem);
  return aiEnvOf(z.object(aiVariables).parse(process.env));
}

/** The engines that can run here. */
export function availableEngines(): EngineKind[] {
  return modelSettings() === null ? ['extractive'] : ['extractive', 'model'];
}

export function createEngine(kind: EngineKind): CourseEngine {
  if (kind === 'extractive') return createExtractiveEngine();
  const settings = modelSettings();
  if (settings === null) throw new Error('no model is configured: set AI_BASE_URL and AI_MODEL');
  // Lessons are written one after another here, so one request is under way at a time, which every limit allows.
  return createModelEngine({ ...settings, limiter: { run: (signal, work) => work(signal) } });
}
