import { analysisSchema } from '@megacampus/generation/engine';
import { embedPassages } from './embed-passages.ts';
import { requirePassed } from './gates.ts';
import type { StageHandler } from './stage-handler.ts';
import { reportStep, requireSaved } from './step-report.ts';
import { createUsageMeter } from './usage-meter.ts';

/** Finds out what the course is to be about, from the brief and the passages of the documents. */
export const structureAnalysis: StageHandler<'structure_analysis'> = async (payload, context) => {
  const { deps, log, signal, generation } = context;
  if (!generation.analysis_ready) {
    await reportStep(context, 2, 'in_progress', {
      detail: payload.hasDocuments ? 'анализ содержания' : undefined,
      metadata: { model: deps.engine.name },
    });
    await embedPassages(context);
    const usage = createUsageMeter(context);
    const passages = await deps.store.listPassages(payload.courseId, { signal });
    const output = await deps.engine.analyze({ brief: generation.brief, passages }, { signal, log, usage });
    const analysis = requirePassed('analysis', analysisSchema, output);
    requireSaved(await deps.store.saveAnalysis({ generationId: generation.id, analysis }, { signal }));
    log.info({ passages: passages.length, engine: deps.engine.name }, 'analysis stored');
  }
  await reportStep(context, 2, 'completed');
  // The outline of a rewriting is its base's.
  if (payload.rewrite !== null) {
    await reportStep(context, 3, 'completed');
    await reportStep(context, 4, 'in_progress');
  }
};
