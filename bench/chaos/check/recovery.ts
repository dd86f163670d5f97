import type { Snapshot } from '../observe/snapshot.ts';
import type { FaultKind } from '../plan/faults.ts';

/** A fault that struck, from the moment on which recovery counts. */
export interface Wound {
  readonly kind: FaultKind;
  readonly atMs: number;
  /** Processes that do nothing from then on: dead, or frozen. */
  readonly deadPids: readonly number[];
}

/**
 * `untouched`: nothing was to be mended in the first look after it. `overlapped`: another fault struck before it was
 * over, and whose share is whose cannot be told.
 */
export type Recovery =
  | { readonly kind: 'recovered'; readonly ms: number }
  | { readonly kind: 'untouched' | 'overlapped' | 'never' };

/** How long after `wound` all was well again, by the looks taken during the episode, in their order. */
export function recoveryOf(wound: Wound, wounds: readonly Wound[], snapshots: readonly Snapshot[]): Recovery {
  const looks = snapshots.filter(({ takenAtMs }) => takenAtMs >= wound.atMs);
  const [first] = looks;
  if (first === undefined) return { kind: 'untouched' };
  const held = jobsOfTheDead(first, wound);
  const well = looks.find((look) => isWell(look, wound, held));
  if (well === first) return { kind: 'untouched' };
  const endMs = well?.takenAtMs ?? Number.POSITIVE_INFINITY;
  const others = wounds.filter((other) => other !== wound && other.atMs <= endMs);
  // One that struck before counts as well while it was not over itself.
  if (others.some((other) => other.atMs > wound.atMs || !wasOver(other, wound.atMs, snapshots))) {
    return { kind: 'overlapped' };
  }
  return well === undefined ? { kind: 'never' } : { kind: 'recovered', ms: well.takenAtMs - wound.atMs };
}

function wasOver(wound: Wound, byMs: number, snapshots: readonly Snapshot[]): boolean {
  const looks = snapshots.filter(({ takenAtMs }) => takenAtMs >= wound.atMs);
  const [first] = looks;
  if (first === undefined) return false;
  const held = jobsOfTheDead(first, wound);
  return looks.some((look) => look.takenAtMs <= byMs && isWell(look, wound, held));
}

function jobsOfTheDead({ jobs }: Snapshot, { deadPids }: Wound): ReadonlySet<string> {
  return new Set(jobs.filter((job) => job.state === 'active' && deadPids.includes(job.pid ?? 0)).map(({ id }) => id));
}

/**
 * Whether what was under way at the time of the wound goes on: each slot belongs to a generation in flight, each of these
 * has its slot and a job that runs or will, none of them with a dead process or waiting for a next attempt, and what the
 * dead had in hand runs elsewhere or has ended.
 */
function isWell({ leases, inFlight, jobs }: Snapshot, { atMs, deadPids }: Wound, held: ReadonlySet<string>): boolean {
  const isDead = (pid: number | null) => deadPids.includes(pid ?? 0);
  const running = new Set(inFlight.map(({ id }) => id));
  const leased = new Set(leases.map(({ generationId }) => generationId));
  if (leases.some((lease) => lease.reservedAtMs <= atMs && !running.has(lease.generationId))) return false;
  if (jobs.some((job) => job.state === 'active' && isDead(job.pid))) return false;
  if (jobs.some((job) => held.has(job.id) && (job.state === 'waiting' || job.state === 'delayed'))) return false;
  return inFlight
    .filter(({ startedAtMs }) => startedAtMs <= atMs)
    .every(({ id }) => {
      const own = jobs.filter((job) => job.generationId === id);
      const goesOn = own.some(({ state }) => state === 'waiting' || state === 'active');
      return leased.has(id) && goesOn && own.every(({ state }) => state !== 'delayed');
    });
}
