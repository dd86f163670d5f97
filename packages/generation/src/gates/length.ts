import type { GateFailure } from '../gates.ts';

/** How far a text may be from the words its duration has room for. Readers differ more than that. */
const SHORTEST = 0.4;
const LONGEST = 1.8;

/** Without more than this of its sources, a lesson that keeps to them cannot be longer than they allow. */
const SHARE_OF_SOURCES = 0.5;

/** A lesson's words against those its duration has room for. `sourceWords` null: it is not bound to sources. */
export function fitsDuration(words: number, target: number, sourceWords: number | null): GateFailure[] {
  const most = Math.round(target * LONGEST);
  const possible = sourceWords === null ? Number.POSITIVE_INFINITY : sourceWords * SHARE_OF_SOURCES;
  const least = Math.round(Math.min(target * SHORTEST, possible));
  if (words > most) return [{ gate: 'length', detail: `${words} words, at most ${most} fit the lesson's duration` }];
  if (words < least)
    return [{ gate: 'length', detail: `${words} words, at least ${least} are needed for the duration` }];
  return [];
}
