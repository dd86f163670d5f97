import { GENERATE_TEXTS } from '@megacampus/domain/api';
import { isRetryable, UnavailableFault } from '@megacampus/domain/errors';
import { tierPolicy } from '@megacampus/domain/tiers';
import type { Budget } from './budget.ts';
import type { OrchestratorDeps } from './deps.ts';
import { type ProgressReport, reportProgress } from './report.ts';
import type { Candidate } from './reserve-slot.ts';

/** Pauses before the three retries; with the first call that makes four tries (contract §4). */
const RETRY_DELAYS_MS = [100, 200, 400] as const;
const TRY_TIMEOUT_MS = 1_500;

export type RecordOutcome =
  | { kind: 'recorded' }
  | { kind: 'course_gone' }
  /** The course has another generation, or none: this one was undone, or the limits leave no room for it. */
  | { kind: 'superseded'; generationId: string | null }
  | { kind: 'exhausted'; error: unknown };

type RecordDeps = Pick<OrchestratorDeps, 'store' | 'signals' | 'metrics' | 'log' | 'globalConcurrencyLimit'>;

type Recorded = Pick<
  Candidate,
  'generationId' | 'courseId' | 'userId' | 'tier' | 'weight' | 'requestId' | 'webhookUrl' | 'hasDocuments' | 'rewrite'
>;

/**
 * Records step 1, which makes the generation the course's own, if the limits still leave room for it: Redis may have lost
 * the slot that was reserved, and given it to somebody else. Safe to repeat: a try that timed out may have
 * committed, and the next one then changes nothing. A missing course and a refused takeover are answers, not
 * failures, and are not retried.
 */
export async function recordAdmission(deps: RecordDeps, candidate: Recorded, budget: Budget): Promise<RecordOutcome> {
  const log = deps.log.child({ generationId: candidate.generationId });
  let tries = 0;
  let lastError: unknown;
  for (const delayMs of [0, ...RETRY_DELAYS_MS]) {
    if (delayMs > 0) await budget.pause(delayMs);
    if (budget.remainingMs() <= 0) break;
    tries += 1;
    try {
      return await tryOnce(deps, candidate, budget);
    } catch (err) {
      lastError = err;
      log.warn({ err, tries }, 'recording step 1 failed');
      if (!isRetryable(err)) break;
    }
  }
  log.error({ err: lastError, tries }, 'recording step 1 given up');
  deps.metrics.record({
    type: 'rpc_retry_exhausted',
    userId: candidate.userId,
    courseId: candidate.courseId,
    jobId: candidate.generationId,
    metadata: { rpc: 'update_course_progress', tries, request_id: candidate.requestId },
  });
  return { kind: 'exhausted', error: lastError ?? new UnavailableFault('database') };
}

async function tryOnce(deps: RecordDeps, candidate: Recorded, budget: Budget): Promise<RecordOutcome> {
  const step: ProgressReport = {
    courseId: candidate.courseId,
    generationId: candidate.generationId,
    stepId: 1,
    status: 'completed',
    message: GENERATE_TEXTS.admitted,
    metadata: {
      user_id: candidate.userId,
      tier: candidate.tier,
      weight: candidate.weight,
      limits: { user: tierPolicy(candidate.tier).concurrentGenerations, global: deps.globalConcurrencyLimit },
      request_id: candidate.requestId,
      webhook_url: candidate.webhookUrl,
      has_documents: candidate.hasDocuments,
      ...(candidate.rewrite && {
        rewrite: { lesson_id: candidate.rewrite.lessonId, instruction: candidate.rewrite.instruction },
      }),
    },
  };
  const outcome = await budget.within('database', (signal) => reportProgress(deps, step, signal), TRY_TIMEOUT_MS);
  if (outcome.kind === 'gone') return { kind: 'course_gone' };
  if (outcome.kind === 'fenced') {
    return { kind: 'superseded', generationId: outcome.currentGenerationId };
  }
  return { kind: 'recorded' };
}
