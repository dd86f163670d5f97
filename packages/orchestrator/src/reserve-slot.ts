import { ADMISSION_BUDGET_MS, type LimitDetails } from '@megacampus/domain/api';
import type { Brief } from '@megacampus/domain/course';
import { UnavailableFault } from '@megacampus/domain/errors';
import { hasEnded } from '@megacampus/domain/steps';
import { type Tier, tierPolicy } from '@megacampus/domain/tiers';
import type { PayloadBase } from '@megacampus/queue/jobs';
import { type ReserveOutcome, SLOT_TTL_MS } from '@megacampus/queue/slots';
import type { Budget } from './budget.ts';
import type { OrchestratorDeps } from './deps.ts';
import { restoreLeases } from './restore-leases.ts';

/** A generation that asks to be admitted. */
export interface Candidate {
  readonly generationId: string;
  readonly courseId: string;
  readonly userId: string;
  readonly organizationId: string;
  readonly requestId: string;
  readonly webhookUrl: string | null;
  readonly tier: Tier;
  readonly weight: number;
  readonly hasDocuments: boolean;
  readonly brief: Brief;
  /** The one lesson to write anew; null: the whole course. */
  readonly rewrite: PayloadBase['rewrite'];
  readonly createdAt: Date;
  readonly globalLimit: number;
  /** Generations the database knew to be in flight when the course was loaded. */
  readonly inFlight: { readonly user: number; readonly global: number };
}

export type SlotOutcome = { kind: 'reserved' } | { kind: 'already_running'; generationId: string } | LimitOutcome;

export interface LimitOutcome {
  readonly kind: 'limit';
  readonly details: LimitDetails;
  readonly retryAfterS: number;
}

const CALL_TIMEOUT_MS = 1_200;

/** Pauses between looks at another admission: it takes tens of milliseconds, or seconds when a server is slow. */
const FIRST_POLL_MS = 40;
const LAST_POLL_MS = 250;

/** After this a reservation without job or record is a dead process's: no admission takes longer. */
const DEAD_ADMISSION_MS = ADMISSION_BUDGET_MS + 1_000;

/** Seconds after which another try is sensible: generations rarely end faster than this. */
const RETRY_AFTER_S = 30;

type Reserve = (extra?: { takeOverFrom: string }) => Promise<ReserveOutcome>;

/**
 * Reserves the course's slot. When another request holds it but has not recorded its generation yet, waits
 * (within the budget) until it has, or has given up. A slot of a generation that has ended, or of an
 * admission whose process died, is taken over.
 *
 * @throws UnavailableFault when Redis or the database does not answer, or the other admission does not settle.
 */
export async function reserveSlot(deps: OrchestratorDeps, candidate: Candidate, budget: Budget): Promise<SlotOutcome> {
  const reserve: Reserve = (extra) => reserveOnce(deps, candidate, budget, extra);
  let result = await reserve();
  if (result.outcome !== 'already_running' && redisLostLeases(result, candidate)) {
    result = await afterRestoring(deps, candidate, reserve, budget);
  }
  for (let polls = 1; result.outcome === 'already_running'; polls += 1) {
    const holder = await holderState(deps, result, budget);
    if (holder === 'running') return { kind: 'already_running', generationId: result.generationId };
    if (holder === 'ended') {
      result = await reserve({ takeOverFrom: result.generationId });
      continue;
    }
    if (budget.remainingMs() <= FIRST_POLL_MS) throw new UnavailableFault('redis');
    await budget.pause(Math.min(LAST_POLL_MS, FIRST_POLL_MS * polls));
    result = await reserve();
  }
  return result.outcome === 'reserved' ? { kind: 'reserved' } : limitReached(result, candidate);
}

async function reserveOnce(
  deps: OrchestratorDeps,
  candidate: Candidate,
  budget: Budget,
  extra?: { takeOverFrom: string },
): Promise<ReserveOutcome> {
  const { courseId, userId, generationId } = candidate;
  try {
    return await budget.within(
      'redis',
      () =>
        deps.slots.reserve({
          courseId,
          userId,
          generationId,
          userLimit: tierPolicy(candidate.tier).concurrentGenerations,
          defaultGlobalLimit: candidate.globalLimit,
          ttlMs: SLOT_TTL_MS,
          ...extra,
        }),
      CALL_TIMEOUT_MS,
    );
  } catch (err) {
    // The script may have run although its answer was lost; a slot nobody knows of must not stay.
    releaseLater(deps, candidate);
    throw new UnavailableFault('redis', err);
  }
}

/** What the holder of the course's slot is doing. `unsettled`: its admission is still under way elsewhere. */
async function holderState(
  deps: OrchestratorDeps,
  held: { generationId: string; heldForMs: number },
  budget: Budget,
): Promise<'running' | 'ended' | 'unsettled'> {
  // Nothing is ours to undo yet, so a slow answer may take the time that is left.
  const generation = await budget.within('database', () =>
    deps.askOnce(held.generationId, () => deps.store.loadGeneration(held.generationId)),
  );
  if (generation !== null) return hasEnded(generation.status) ? 'ended' : 'running';
  if (held.heldForMs < DEAD_ADMISSION_MS) return 'unsettled';
  const job = await budget.within('redis', () => deps.queue.state(held.generationId), CALL_TIMEOUT_MS);
  return job === 'missing' ? 'ended' : 'running';
}

/**
 * Slots are reserved before and released after the database's record, so Redis can only hold more than the
 * database knows. Fewer means that Redis lost data, and its counts must not be trusted before they are mended.
 */
function redisLostLeases(result: ReserveOutcome, candidate: Candidate): boolean {
  const own = result.outcome === 'reserved' ? 1 : 0;
  const { userJobs, globalJobs } = result.counts;
  return userJobs - own < candidate.inFlight.user || globalJobs - own < candidate.inFlight.global;
}

async function afterRestoring(
  deps: OrchestratorDeps,
  candidate: Candidate,
  reserve: Reserve,
  budget: Budget,
): Promise<ReserveOutcome> {
  deps.log.warn({ inFlight: candidate.inFlight }, 'Redis holds fewer slots than generations in flight; restoring');
  await budget
    .within('redis', () => deps.slots.release(candidate), CALL_TIMEOUT_MS)
    .catch((err: unknown) => {
      releaseLater(deps, candidate);
      throw err;
    });
  await budget.within('database', () => restoreLeases(deps));
  return reserve();
}

/** For a slot of a request that has no answer to wait for it. */
function releaseLater(deps: OrchestratorDeps, { courseId, userId, generationId }: Candidate): void {
  const release = () => deps.slots.release({ courseId, userId, generationId });
  deps.deferred.run('release unwanted reservation', release, deps.log);
}

/** The limit that the database's own count has reached; null when there is room, or nobody can say. */
export async function limitInDatabase(
  deps: OrchestratorDeps,
  candidate: Candidate,
  budget: Budget,
): Promise<LimitOutcome | null> {
  const load = (signal: AbortSignal) => deps.store.loadAdmission(candidate.courseId, { signal });
  const admission = await budget.within('database', load, CALL_TIMEOUT_MS).catch(() => null);
  if (admission === null) return null;
  const counts = {
    userJobs: admission.user_in_flight,
    userLimit: tierPolicy(candidate.tier).concurrentGenerations,
    globalJobs: admission.global_in_flight,
    globalLimit: admission.global_limit ?? deps.globalConcurrencyLimit,
  };
  if (counts.userJobs >= counts.userLimit) return limitReached({ outcome: 'user_limit', counts }, candidate);
  if (counts.globalJobs >= counts.globalLimit) return limitReached({ outcome: 'global_limit', counts }, candidate);
  return null;
}

function limitReached(
  result: Extract<ReserveOutcome, { outcome: 'user_limit' | 'global_limit' }>,
  candidate: Candidate,
): LimitOutcome {
  const { userLimit, userJobs, globalLimit, globalJobs } = result.counts;
  return {
    kind: 'limit',
    retryAfterS: RETRY_AFTER_S,
    details: {
      reason: result.outcome,
      tier: candidate.tier,
      user_limit: userLimit,
      current_user_jobs: userJobs,
      global_limit: globalLimit,
      current_global_jobs: globalJobs,
    },
  };
}
