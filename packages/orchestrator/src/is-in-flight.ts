import { hasEnded } from '@megacampus/domain/steps';
import type { GenerationRef, OrchestratorDeps } from './deps.ts';

/** Whether the database has the generation as its course's own, and not ended. @throws UnavailableFault */
export async function isInFlight(deps: Pick<OrchestratorDeps, 'store'>, ref: GenerationRef): Promise<boolean> {
  const state = await deps.store.loadGeneration(ref.generationId);
  return state?.current === true && !hasEnded(state.status);
}
