import type { CourseStore } from '@megacampus/db/courses';
import type { TrashStore } from '@megacampus/db/trash';
import { UnavailableFault } from '@megacampus/domain/errors';
import type { Logger } from '@megacampus/log';
import type { Loop } from '../repeat.ts';
import { startLeaderLoop } from './leader-loop.ts';
import type { Leadership } from './leadership.ts';

const PURGE_EVERY_MS = 10_000;

/** Courses removed in one pass: what is left waits for the next, so that a flood of them never crowds out the work. */
const PURGED_PER_PASS = 20;

export interface PurgeDeps {
  readonly trash: Pick<TrashStore, 'listPurgeable'>;
  readonly courses: Pick<CourseStore, 'remove'>;
  readonly log: Logger;
}

/** Removes deleted courses for good when their time in the trash is over, while this process leads. */
export function startPurger(deps: PurgeDeps & { readonly leadership: Pick<Leadership, 'term'> }): Loop {
  return startLeaderLoop({
    name: 'purger',
    intervalMs: PURGE_EVERY_MS,
    leadership: deps.leadership,
    log: deps.log,
    pass: (signal) => purgeOnce(deps, signal),
  });
}

/**
 * One pass. A course that can't be removed now keeps its row, and with it its place in a later pass; it does not stop
 * the rest. Returns how many are gone.
 *
 * @param signal ends the pass between two courses, with its reason.
 * @throws UnavailableFault when a server does not answer: the rest would fare no better.
 */
export async function purgeOnce({ trash, courses, log }: PurgeDeps, signal?: AbortSignal): Promise<number> {
  let purged = 0;
  for (const courseId of await trash.listPurgeable(PURGED_PER_PASS)) {
    signal?.throwIfAborted();
    try {
      if (await courses.remove(courseId)) purged += 1;
      log.info({ courseId }, 'deleted course removed for good');
    } catch (err) {
      if (err instanceof UnavailableFault) throw err;
      log.error({ err, courseId }, 'removing a deleted course failed');
    }
  }
  return purged;
}
