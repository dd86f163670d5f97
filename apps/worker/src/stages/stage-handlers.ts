import { documentProcessing } from './document-processing.ts';
import { finalization } from './finalization.ts';
import type { StageHandlers } from './stage-handler.ts';
import { structureAnalysis } from './structure-analysis.ts';
import { structureGeneration } from './structure-generation.ts';
import { textGeneration } from './text-generation.ts';

/** The one registry of handlers: every stage that can be on the queue has one. */
export const STAGE_HANDLERS: StageHandlers = {
  document_processing: documentProcessing,
  structure_analysis: structureAnalysis,
  structure_generation: structureGeneration,
  text_generation: textGeneration,
  finalization,
};
