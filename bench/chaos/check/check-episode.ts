import type { Aftermath } from '../observe/aftermath.ts';
import type { Snapshot } from '../observe/snapshot.ts';
import type { Answer } from '../users.ts';
import { checkAnswers } from './answers.ts';
import { checkDuplicates } from './duplicates.ts';
import { checkLeftovers } from './leftovers.ts';
import { checkLimits, checkSlots, type Limits } from './limits.ts';
import { checkOutcomes, checkWholeness } from './outcomes.ts';
import type { Violation } from './violation.ts';

export interface Evidence {
  readonly answers: readonly Answer[];
  readonly aftermath: Aftermath;
  readonly snapshots: readonly Snapshot[];
  readonly limits: Limits;
}

/** Everything that an episode may not leave behind, but for what its texts say. Empty: all is well. */
export function checkEpisode({ answers, aftermath, snapshots, limits }: Evidence): Violation[] {
  return [
    ...checkOutcomes(answers, aftermath),
    ...checkWholeness(aftermath),
    ...checkAnswers(answers, aftermath),
    ...checkDuplicates(aftermath.events),
    ...checkLimits(aftermath.events, limits),
    ...checkSlots(snapshots, limits),
    ...checkLeftovers(aftermath),
  ];
}
