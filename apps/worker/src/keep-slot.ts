import { hasEnded } from '@megacampus/domain/steps';
import type { Logger } from '@megacampus/log';
import type { GenerationRef, OrchestratorDeps } from '@megacampus/orchestrator/deps';
import { restoreLease } from '@megacampus/orchestrator/restore-leases';
import { SLOT_TTL_MS } from '@megacampus/queue/slots';
import { type Loop, startLoop } from './repeat.ts';
import type { RunningJob } from './running-jobs.ts';

/** How often a running job shows its sign of life; also the bound on noticing a cancel whose message was lost. */
const RENEW_EVERY_MS = 1_000;

/** Every so many renewals the database is asked even though the slot is held: a course may have been deleted. */
const ASK_EVERY = 5;

type KeepSlotDeps = Pick<OrchestratorDeps, 'slots' | 'store' | 'globalConcurrencyLimit'>;

/**
 * Keeps the generation's slot while one of its jobs runs. A slot that is gone means either that the generation
 * has ended, then the job is told to stop, or that Redis lost it, then it is put back: the database decides.
 * While Redis does not answer, the database is asked as well, so that a cancel still arrives.
 */
export function keepSlot(deps: KeepSlotDeps, ref: GenerationRef, job: RunningJob, log: Logger): Loop {
  let renewals = 0;
  return startLoop({
    name: 'keep slot',
    intervalMs: RENEW_EVERY_MS,
    log,
    pass: async (stopping) => {
      const renewed = await renew(deps, ref);
      renewals += 1;
      if (renewed === true && renewals % ASK_EVERY !== 0) return;
      const state = await deps.store.loadGeneration(ref.generationId, { signal: stopping });
      if (state === null || hasEnded(state.status) || !state.current) {
        log.info({ status: state?.status ?? 'gone' }, 'generation has ended; stopping its job');
        job.interrupt('ended');
      } else if (renewed === false) {
        const held = await restoreLease(deps, ref);
        log.warn({ held }, 'slot was lost while the generation runs; restored from the database');
      } else if (renewed !== true) {
        throw renewed.error;
      }
    },
  });
}

/** True: renewed. False: someone else's or nobody's. An error: Redis did not answer. */
async function renew(deps: KeepSlotDeps, ref: GenerationRef): Promise<boolean | { error: unknown }> {
  try {
    return (await deps.slots.renew({ ...ref, ttlMs: SLOT_TTL_MS })) === 'renewed';
  } catch (error) {
    return { error };
  }
}
