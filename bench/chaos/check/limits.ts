import type { LoggedEvent } from '../observe/aftermath.ts';
import type { Snapshot } from '../observe/snapshot.ts';
import { hasEnded, type Violation } from './violation.ts';

export interface Limits {
  readonly global: number;
  /** By user. */
  readonly users: ReadonlyMap<string, number>;
}

const overAdmitted = (text: string): Violation => ({ category: 'overAdmitted', text, mayPass: false });

/** By the log: at no instant were more generations in flight than a user, or all together, may have. */
export function checkLimits(events: readonly LoggedEvent[], limits: Limits): Violation[] {
  const found = new Set<string>();
  const running = new Map<string, string>();
  for (const event of turningPoints(events)) {
    if (event.starts) running.set(event.id, event.userId);
    else running.delete(event.id);
    for (const text of excess([...running.values()], limits)) found.add(text);
  }
  return [...found].map(overAdmitted);
}

interface TurningPoint {
  readonly atMs: number;
  readonly id: string;
  readonly userId: string;
  readonly starts: boolean;
}

/** When generations came into flight and when they left it; at the same instant, those that leave go first. */
function turningPoints(events: readonly LoggedEvent[]): TurningPoint[] {
  const points: TurningPoint[] = [];
  for (const { kind, at_ms, generation_id, user_id, status_after } of events) {
    const point = { atMs: at_ms, id: generation_id, userId: user_id ?? '' };
    if (kind === 'made' && !hasEnded(status_after)) points.push({ ...point, starts: true });
    if (kind === 'deleted' || (kind === 'moved' && hasEnded(status_after))) points.push({ ...point, starts: false });
  }
  return points.sort((a, b) => a.atMs - b.atMs || Number(a.starts) - Number(b.starts));
}

function excess(userIds: readonly string[], { global, users }: Limits): string[] {
  const found: string[] = [];
  if (userIds.length > global) found.push(`more than ${global} generations were in flight over all users`);
  for (const userId of new Set(userIds)) {
    const limit = users.get(userId) ?? 0;
    if (userIds.filter((other) => other === userId).length > limit) {
      found.push(`user ${userId} had more than ${limit} generations in flight`);
    }
  }
  return found;
}

/** A second slot is held for an instant while lost ones are put back; what lasts longer than this is too many. */
const BRIEF_MS = 1_500;

/** By the looks at Redis: never for longer than an instant were more slots held than there may be. */
export function checkSlots(snapshots: readonly Snapshot[], limits: Limits): Violation[] {
  const since = new Map<string, number>();
  const found = new Set<string>();
  for (const { takenAtMs, leases } of snapshots) {
    const now = new Set(
      excess(
        leases.map(({ userId }) => userId),
        limits,
      ),
    );
    for (const text of since.keys()) if (!now.has(text)) since.delete(text);
    for (const text of now) {
      const firstMs = since.get(text) ?? takenAtMs;
      since.set(text, firstMs);
      if (takenAtMs - firstMs > BRIEF_MS) found.add(text);
    }
  }
  return [...found].map((text) => overAdmitted(`${text}, by their slots`));
}
