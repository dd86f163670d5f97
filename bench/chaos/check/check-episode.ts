import type { Aftermath } from '../observe/aftermath.ts';
import type { Snapshot } from '../observe/snapshot.ts';
import type { Answer } from '../users.ts';
import { checkDuplicates } from './duplicates.ts';
import { checkLeftovers } from './leftovers.ts';
import { checkLimits, checkSlots, type Limits } from './limits.ts';
import { checkContent, checkOutcomes } from './outcomes.ts';
import type { Violation } from './violation.ts';

export interface Evidence {
  readonly answers: readonly Answer[];
  readonly aftermath: Aftermath;
  readonly snapshots: readonly Snapshot[];
  readonly limits: Limits;
}

/** Everything that an episode may not leave behind. Empty: all is well. */
export function checkEpisode({ answers, aftermath, snapshots, limits }: Evidence): Violation[] {
  return [
    ...checkOutcomes(answers, aftermath),
    ...checkContent(aftermath),
    ...checkDuplicates(aftermath.events),
    ...checkLimits(aftermath.events, limits),
    ...checkSlots(snapshots, limits),
    ...checkLeftovers(aftermath),
  ];
}
