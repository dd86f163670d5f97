import type { GenerationState } from '@megacampus/db/generations';
import { firstStage, hasEnded } from '@megacampus/domain/steps';
import type { JobSpec, PayloadBase } from '@megacampus/queue/jobs';
import { jobPriority } from '@megacampus/queue/queue';
import type { Candidate } from './reserve-slot.ts';

/** A rewriting finds all of this done in its copy of the course, and goes on to its lesson. */
const REWRITE_STARTS_WITH = 'structure_analysis';

/**
 * Lessons of one generation that are in the queue at once. Jobs of one priority run first come, first served: a course of
 * 300 lessons, or five of them, would else be before whatever another user of the tier starts later. Also the most
 * lessons of one course that are written at the same time, over all workers.
 */
export const LESSONS_QUEUED = 8;

/** The first job of a generation that is being admitted; its id is the generation's. */
export function firstJob(candidate: Candidate): JobSpec {
  const base: PayloadBase = {
    ...candidate.brief,
    generationId: candidate.generationId,
    organizationId: candidate.organizationId,
    courseId: candidate.courseId,
    userId: candidate.userId,
    tier: candidate.tier,
    requestId: candidate.requestId,
    webhookUrl: candidate.webhookUrl,
    createdAt: candidate.createdAt.toISOString(),
    hasDocuments: candidate.hasDocuments,
    rewrite: candidate.rewrite,
  };
  const stage = candidate.rewrite === null ? firstStage(candidate.hasDocuments) : REWRITE_STARTS_WITH;
  return stageJob(stage, base, jobPriority(candidate.weight, 0));
}

/**
 * The jobs that must exist for a generation in this state, none once it has ended. The one rule of what comes
 * next: stage handlers ask it when they are done, the reconciler when something is missing. Ids are derived
 * from the payload, so asking twice adds nothing twice.
 */
export function dueJobs(state: GenerationState, now: Date = new Date()): JobSpec[] {
  if (hasEnded(state.status) || !state.current) return [];
  const base = basePayload(state);
  const priority = priorityOf(state, now);
  // Until its first job has begun: a waiting job of another id would look like a missing one.
  if (base.rewrite !== null && state.status === 'initializing') return [stageJob(REWRITE_STARTS_WITH, base, priority)];
  if (state.has_documents && !state.documents_ready) return [stageJob('document_processing', base, priority)];
  if (!state.analysis_ready) return [stageJob('structure_analysis', base, priority)];
  if (!state.outline_ready) return [stageJob('structure_generation', base, priority)];
  const pending = state.lessons.filter((lesson) => lesson.status === 'pending');
  if (pending.length === 0) return [stageJob('finalization', base, priority)];
  return pending.slice(0, LESSONS_QUEUED).map((lesson) => ({
    stage: 'text_generation',
    payload: { ...base, jobType: 'text_generation', lessonId: lesson.id, lessonPosition: lesson.position },
    priority,
  }));
}

type PlainStage = Exclude<JobSpec['stage'], 'text_generation'>;

function stageJob(stage: PlainStage, base: PayloadBase, priority: number): JobSpec {
  switch (stage) {
    case 'document_processing':
      return { stage, payload: { ...base, jobType: stage, hasDocuments: true }, priority };
    case 'structure_analysis':
      return { stage, payload: { ...base, jobType: stage }, priority };
    case 'structure_generation':
      return { stage, payload: { ...base, jobType: stage }, priority };
    case 'finalization':
      return { stage, payload: { ...base, jobType: stage }, priority };
  }
}

function basePayload(state: GenerationState): PayloadBase {
  const { lesson_id: lessonId = null, instruction = '' } = state.rewrite ?? {};
  return {
    ...state.brief,
    generationId: state.id,
    organizationId: state.organization_id,
    courseId: state.course_id,
    userId: state.user_id,
    tier: state.tier,
    requestId: state.request_id,
    webhookUrl: state.webhook_url,
    createdAt: new Date(state.created_at).toISOString(),
    hasDocuments: state.has_documents,
    rewrite: lessonId === null ? null : { lessonId, instruction },
  };
}

/** Priority of a generation's jobs now: by weight, risen with the time since its admission. */
function priorityOf(state: Pick<GenerationState, 'weight' | 'created_at'>, now: Date): number {
  return jobPriority(state.weight, Math.max(0, now.getTime() - Date.parse(state.created_at)));
}
