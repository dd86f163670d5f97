import { LONGEST_DELAY_MS } from '@megacampus/queue/queue';

const FIRST_DELAY_MS = 1_000;
/** A server of ours that is away this long, in milliseconds, is given up. Long enough for a person to come and look. */
const OUTAGE_MS = 50 * 60_000;
/** The same for the model, which is not ours and may be gone for good; tries within a run come on top. */
const MODEL_OUTAGE_MS = 4 * 60_000;

/** How long a job that has met an outage is put off, in milliseconds. `before`: how often it was already. */
export function outageDelayMs(before: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(Math.max(0, before), 10));
}

/** Starts of one job after which an outage counts as a failed attempt. */
export const OUTAGE_STARTS = startsWithin(OUTAGE_MS);
export const MODEL_OUTAGE_STARTS = startsWithin(MODEL_OUTAGE_MS);

function startsWithin(ms: number): number {
  let starts = 0;
  for (let waitedMs = 0; waitedMs < ms; starts += 1) waitedMs += outageDelayMs(starts);
  return starts;
}
