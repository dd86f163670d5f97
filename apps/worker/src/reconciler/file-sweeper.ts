import type { UploadStore } from '@megacampus/db/uploads';
import type { Logger } from '@megacampus/log';
import type { Loop } from '../repeat.ts';
import { startLeaderLoop } from './leader-loop.ts';
import type { Leadership } from './leadership.ts';

const SWEEP_EVERY_MS = 60_000;

/** Files removed by one call, and calls of one pass: what is left waits for the next. */
const FILES_PER_CALL = 100;
const CALLS_PER_PASS = 10;

export interface FileSweeperDeps {
  readonly uploads: Pick<UploadStore, 'removeStray'>;
  readonly log: Logger;
}

/**
 * Removes files that have been no document for a day, while this process leads: of uploads that were broken off, and of
 * courses and documents that were deleted past the web app.
 */
export function startFileSweeper(deps: FileSweeperDeps & { readonly leadership: Pick<Leadership, 'term'> }): Loop {
  return startLeaderLoop({
    name: 'file sweeper',
    intervalMs: SWEEP_EVERY_MS,
    leadership: deps.leadership,
    log: deps.log,
    pass: (signal) => sweepOnce(deps, signal),
  });
}

/**
 * One pass. Returns how many files are gone.
 *
 * @param signal ends the pass between two calls, with its reason.
 * @throws UnavailableFault, Fault
 */
export async function sweepOnce({ uploads, log }: FileSweeperDeps, signal?: AbortSignal): Promise<number> {
  let removed = 0;
  for (let call = 0; call < CALLS_PER_PASS; call += 1) {
    signal?.throwIfAborted();
    const paths = await uploads.removeStray(FILES_PER_CALL);
    if (paths.length > 0) log.info({ files: paths.length }, 'stray files removed');
    removed += paths.length;
    if (paths.length < FILES_PER_CALL) break;
  }
  return removed;
}
