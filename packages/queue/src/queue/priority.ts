import { TIERS, tierPolicy } from '@megacampus/domain/tiers';

/** What BullMQ serves first among jobs with a priority; 0 would mean none, and overtake them all. */
export const TOP_PRIORITY = 1;

/** A waiting job rises one step each time this many ms have passed since its generation was admitted. */
export const AGING_STEP_MS = 60_000;

const HEAVIEST = Math.max(...TIERS.map((tier) => tierPolicy(tier).weight));

/**
 * After this many ms any job has the top priority, whatever its tier: then only jobs that got there earlier are
 * before it, so nobody starves. The lightest tier has the most steps to rise; with the table of today, 10 minutes
 * are never exceeded.
 */
export const AGING_BOUND_MS = (HEAVIEST - Math.min(...TIERS.map((tier) => tierPolicy(tier).weight))) * AGING_STEP_MS;

/**
 * The one place that turns a tier's weight (larger is served first) into a BullMQ priority (smaller is served
 * first), for a generation admitted `waitedMs` ago. @throws RangeError for a weight that is not a positive number.
 */
export function jobPriority(weight: number, waitedMs: number): number {
  if (!(weight > 0)) throw new RangeError(`A weight must be a positive number, not ${weight}`);
  const steps = Math.floor(Math.max(0, Number.isFinite(waitedMs) ? waitedMs : 0) / AGING_STEP_MS);
  return Math.max(TOP_PRIORITY, HEAVIEST - Math.round(weight) + TOP_PRIORITY - steps);
}
