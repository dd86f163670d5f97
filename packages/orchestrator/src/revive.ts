import { advance } from './advance.ts';
import type { Budget } from './budget.ts';
import type { GenerationRef, OrchestratorDeps } from './deps.ts';
import { restoreLease } from './restore-leases.ts';

/**
 * Before a caller is told that a generation is running: makes sure that Redis knows of it too. After a loss of
 * Redis's data it is given its lease and its due jobs back at once, so the answer is true.
 */
export async function revive(deps: OrchestratorDeps, ref: GenerationRef, budget: Budget): Promise<void> {
  const lease = await budget.within('redis', () => deps.slots.get(ref.courseId));
  if (lease?.generationId === ref.generationId) return;
  await budget.within('redis', () => restoreLease(deps, ref));
  await budget.within('database', () => advance(deps, ref));
}
