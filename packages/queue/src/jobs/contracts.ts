import { PermanentFault } from '@megacampus/domain/errors';
import type { Stage } from '@megacampus/domain/steps';
import { nanoid } from 'nanoid';
import type { JobContract, PayloadBase } from './base.ts';
import { type DocumentProcessingPayload, documentProcessing } from './document-processing.ts';
import { type FinalizationPayload, finalization } from './finalization.ts';
import { type StructureAnalysisPayload, structureAnalysis } from './structure-analysis.ts';
import { type StructureGenerationPayload, structureGeneration } from './structure-generation.ts';
import { type TextGenerationPayload, textGeneration } from './text-generation.ts';

export type { JobContract, PayloadBase };

/** The payload of each stage. */
export interface StagePayloads {
  document_processing: DocumentProcessingPayload;
  structure_analysis: StructureAnalysisPayload;
  structure_generation: StructureGenerationPayload;
  text_generation: TextGenerationPayload;
  finalization: FinalizationPayload;
}

/** The one registry of jobs: whatever is on the queue is in here. */
export const JOB_CONTRACTS: { readonly [S in Stage]: JobContract<StagePayloads[S]> } = {
  document_processing: documentProcessing,
  structure_analysis: structureAnalysis,
  structure_generation: structureGeneration,
  text_generation: textGeneration,
  finalization,
};

/** A job to be added. `priority` comes from `jobPriority`. */
export type JobSpec = {
  [S in Stage]: { readonly stage: S; readonly payload: StagePayloads[S]; readonly priority: number };
}[Stage];

/** The id under which `spec` is, or will be, on the queue. */
export function jobIdOf(spec: Pick<JobSpec, 'stage' | 'payload'>): string {
  const contract: { jobId(payload: StagePayloads[typeof spec.stage]): string } = JOB_CONTRACTS[spec.stage];
  return contract.jobId(spec.payload);
}

/** A new generation's id; also the id of its first job. */
export function newGenerationId(): string {
  return `course-gen-${nanoid()}`;
}

/** Reads a job's data, from the producer or from Redis. @throws PermanentFault when it is not `stage`'s payload. */
export function parsePayload<S extends Stage>(stage: S, data: unknown): StagePayloads[S] {
  const parsed = JOB_CONTRACTS[stage].payload.safeParse(data);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new PermanentFault(`The data of this ${stage} job is not valid.`, { stage, fields }, parsed.error);
}
