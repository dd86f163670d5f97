import type { TrashStore } from '@megacampus/db/trash';
import { type CancelDeps, stopWork } from './cancel-generation.ts';

export type TrashOutcome =
  | { kind: 'trashed' }
  /** A generation is in flight, and the caller has not said that it may be cancelled. Nothing was changed. */
  | { kind: 'in_flight' }
  /** No such course, or not the user's. */
  | { kind: 'not_found' };

interface TrashRequest {
  readonly userId: string;
  readonly courseId: string;
  /** A generation in flight is cancelled, which a later restore does not take back. */
  readonly cancel: boolean;
}

/**
 * Puts a course into the trash. Its generation is ended in the same transaction, so that neither happens without the
 * other; then its work is stopped as by a cancel. Safe to repeat.
 *
 * @throws UnavailableFault when the database does not answer; all or nothing of it was done then.
 */
export async function trashCourse(
  deps: CancelDeps & { readonly trash: Pick<TrashStore, 'trash'> },
  { userId, courseId, cancel }: TrashRequest,
  signal?: AbortSignal,
): Promise<TrashOutcome> {
  const options = signal ? { signal } : {};
  const first = await deps.trash.trash(userId, courseId, { cancel: false, ...options });
  if (first === null) return { kind: 'not_found' };
  if (first.outcome === 'trashed') return { kind: 'trashed' };
  if (!cancel) return { kind: 'in_flight' };

  // Which jobs wait can be known only as long as it is in flight.
  const inFlight = first.generationId === null ? null : await deps.store.loadGeneration(first.generationId, options);
  const result = await deps.trash.trash(userId, courseId, { cancel: true, ...options });
  if (result === null) return { kind: 'not_found' };
  const generationId = result.outcome === 'trashed' ? result.cancelled : null;
  if (generationId !== null) {
    // Another one may have begun in between; a job of it that is not removed finds it ended.
    const before = inFlight?.id === generationId ? inFlight : null;
    await stopWork(deps, { generationId, courseId, userId }, before);
  }
  return { kind: 'trashed' };
}
