import { analysisSchema, outlineSchema } from '@megacampus/generation/engine';
import { checkOutline } from '@megacampus/generation/gates';
import { announce } from '@megacampus/orchestrator/report';
import { requirePassed } from './gates.ts';
import type { StageHandler } from './stage-handler.ts';
import { reportStep, requireSaved } from './step-report.ts';
import { createUsageMeter } from './usage-meter.ts';

/** Makes the outline. Storing it also moves the steps: 3 is completed, 4 in progress. */
export const structureGeneration: StageHandler<'structure_generation'> = async (payload, context) => {
  const { deps, log, signal, generation } = context;
  if (generation.outline_ready) return;
  await reportStep(context, 3, 'in_progress');
  const [work, passages] = await Promise.all([
    deps.store.loadWork(generation.id, { signal }),
    deps.store.listPassages(payload.courseId, { signal }),
  ]);
  const analysis = requirePassed('stored analysis', analysisSchema, work?.analysis);
  const usage = createUsageMeter(context);
  const output = await deps.engine.outline({ brief: generation.brief, analysis, passages }, { signal, log, usage });
  const outline = requirePassed('outline', outlineSchema, output, (value) => checkOutline(value, passages));
  const saved = requireSaved(await deps.store.saveOutline({ generationId: generation.id, outline }, { signal }));
  announce({ ...deps, log }, payload.courseId, generation.id);
  log.info({ sections: outline.sections.length, lessons: saved.lessons.length }, 'outline stored');
};
