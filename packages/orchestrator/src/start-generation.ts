import type { Admission } from '@megacampus/db/generations';
import { ADMISSION_BUDGET_MS, type LimitDetails } from '@megacampus/domain/api';
import { hasEnded, readHasDocuments } from '@megacampus/domain/steps';
import { type Tier, tierPolicy } from '@megacampus/domain/tiers';
import { newGenerationId } from '@megacampus/queue/jobs';
import { type Budget, createBudget } from './budget.ts';
import type { OrchestratorDeps } from './deps.ts';
import { firstJob } from './jobs.ts';
import { type RecordOutcome, recordAdmission } from './record-admission.ts';
import { type Candidate, limitInDatabase, reserveSlot } from './reserve-slot.ts';
import { revive } from './revive.ts';
import { rollBack } from './roll-back.ts';

export interface StartRequest {
  readonly courseId: string;
  readonly userId: string;
  readonly requestId: string;
  readonly webhookUrl: string | null;
  /** One lesson of the version that the course shows, to be written anew; without: the whole course. */
  readonly rewrite?: { readonly lessonId: string; readonly instruction: string };
}

/** `tier`: whose limits were applied, for the log. */
export type StartOutcome =
  | { kind: 'admitted'; generationId: string; tier: Tier }
  | { kind: 'already_running'; generationId: string; tier: Tier }
  | { kind: 'not_found' }
  | { kind: 'forbidden' }
  /** The lesson to write anew is not of the version that the course shows. */
  | { kind: 'lesson_not_shown' }
  | { kind: 'limit'; details: LimitDetails; retryAfterS: number }
  | { kind: 'rolled_back'; tier: Tier };

/** What is kept back of the five seconds for undoing. */
const UNDO_RESERVE_MS = 1_200;
/** Nothing is reserved yet, so a slow load costs nothing but time. */
const LOAD_TIMEOUT_MS = 3_000;
const ENQUEUE_TIMEOUT_MS = 1_200;

/**
 * Admits one generation: load → own it? → reserve a slot → enqueue the first job → record step 1. Whatever
 * fails after the reservation is undone (see `rollBack`), and the whole takes at most `ADMISSION_BUDGET_MS`
 * less what the caller has used already.
 *
 * @throws UnavailableFault when Redis or the database is down before anything was reserved.
 */
export async function startGeneration(
  deps: OrchestratorDeps,
  request: StartRequest,
  budgetMs: number = ADMISSION_BUDGET_MS,
): Promise<StartOutcome> {
  const forward = createBudget(budgetMs - UNDO_RESERVE_MS);
  const undoing = createBudget(budgetMs - 100);

  const admission = await forward.within(
    'database',
    (signal) => deps.store.loadAdmission(request.courseId, { signal }),
    LOAD_TIMEOUT_MS,
  );
  if (admission === null) return { kind: 'not_found' };
  if (admission.course.user_id !== request.userId) return { kind: 'forbidden' };
  if (!(await lessonIsShown(deps, request, forward))) return { kind: 'lesson_not_shown' };
  const asked = { ...request, tier: admission.tier };
  if (admission.in_flight_id !== null) return joinRunning(deps, asked, admission.in_flight_id, forward);

  const candidate = newCandidate(deps, request, admission);
  const { generationId, tier } = candidate;
  const own = { ...deps, log: deps.log.child({ tier, generationId, jobId: generationId }) };
  const slot = await reserveSlot(own, candidate, forward);
  if (slot.kind === 'already_running') return joinRunning(deps, asked, slot.generationId, forward);
  if (slot.kind === 'limit') return refuse(deps, request, slot);

  const failure = await enqueueAndRecord(own, candidate, forward);
  if (failure === null) return { kind: 'admitted', generationId, tier };

  const undone = await rollBack(own, candidate, undoing, failure.kind);
  if (undone.kind === 'worker_has_it') return { kind: 'admitted', generationId, tier };
  if (failure.kind === 'course_gone') return { kind: 'not_found' };
  if (failure.kind === 'superseded') {
    if (failure.generationId !== null) return joinRunning(deps, asked, failure.generationId, undoing);
    const full = await limitInDatabase(own, candidate, undoing);
    if (full !== null) return refuse(deps, request, full);
  }
  return { kind: 'rolled_back', tier };
}

async function lessonIsShown(deps: OrchestratorDeps, request: StartRequest, budget: Budget): Promise<boolean> {
  const { courseId, rewrite } = request;
  if (rewrite === undefined) return true;
  const ask = (signal: AbortSignal) => deps.store.isShownLesson(courseId, rewrite.lessonId, { signal });
  return await budget.within('database', ask, LOAD_TIMEOUT_MS);
}

type Failure = Exclude<RecordOutcome, { kind: 'recorded' }> | { kind: 'not_enqueued' };

/** The two steps that are undone together. Never throws: what went wrong is the answer, null for nothing. */
async function enqueueAndRecord(deps: OrchestratorDeps, candidate: Candidate, budget: Budget): Promise<Failure | null> {
  try {
    await budget.within('redis', () => deps.queue.add(firstJob(candidate)), ENQUEUE_TIMEOUT_MS);
  } catch (err) {
    deps.log.error({ err }, 'enqueueing failed');
    return { kind: 'not_enqueued' };
  }
  const recorded = await recordAdmission(deps, candidate, budget);
  return recorded.kind === 'recorded' ? null : recorded;
}

function newCandidate(deps: OrchestratorDeps, request: StartRequest, admission: Admission): Candidate {
  const { hasDocuments, malformed } = readHasDocuments(admission.course.generation_progress);
  if (malformed)
    deps.log.warn({ courseId: request.courseId }, 'generation_progress is malformed; no documents assumed');
  return {
    ...request,
    generationId: newGenerationId(),
    organizationId: admission.course.organization_id ?? request.userId,
    tier: admission.tier,
    weight: tierPolicy(admission.tier).weight,
    hasDocuments,
    brief: admission.course.brief,
    rewrite: request.rewrite ?? null,
    createdAt: new Date(),
    globalLimit: admission.global_limit ?? deps.globalConcurrencyLimit,
    inFlight: { user: admission.user_in_flight, global: admission.global_in_flight },
  };
}

/** A second click, a second tab: the same answer with the generation that is under way already. */
async function joinRunning(
  deps: OrchestratorDeps,
  request: StartRequest & { readonly tier: Tier },
  generationId: string,
  budget: Budget,
): Promise<StartOutcome> {
  const join = (signal: AbortSignal) => deps.store.joinGeneration(generationId, { signal });
  const joined = await budget.within('database', join);
  // Undone by the request that began it, or it has ended this very moment: another try will find the course free.
  if (!joined && (await hasEndedNow(deps, generationId, budget))) return { kind: 'rolled_back', tier: request.tier };
  await revive(deps, { ...request, generationId }, budget);
  deps.metrics.record({
    type: 'duplicate_job_detected',
    userId: request.userId,
    courseId: request.courseId,
    jobId: generationId,
    metadata: { request_id: request.requestId },
  });
  return { kind: 'already_running', generationId, tier: request.tier };
}

async function hasEndedNow(deps: OrchestratorDeps, generationId: string, budget: Budget): Promise<boolean> {
  const state = await budget.within('database', (signal) => deps.store.loadGeneration(generationId, { signal }));
  return state !== null && hasEnded(state.status);
}

function refuse(
  deps: OrchestratorDeps,
  request: StartRequest,
  slot: { details: LimitDetails; retryAfterS: number },
): StartOutcome {
  deps.metrics.record({
    type: 'concurrency_limit_hit',
    userId: request.userId,
    courseId: request.courseId,
    metadata: { ...slot.details, request_id: request.requestId },
  });
  return { kind: 'limit', details: slot.details, retryAfterS: slot.retryAfterS };
}
