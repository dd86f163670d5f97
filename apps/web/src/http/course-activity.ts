import type { ActivityResponse } from '@megacampus/domain/api';
import type { Deps } from '../deps.ts';

/** A few rows by their keys; the rest of a request's five seconds is for others. */
const READ_TIMEOUT_MS = 2_500;

/**
 * What has happened in the course's current generation, how long such work takes here, and whether there is anybody to
 * do it. The caller has checked whose course it is. How many workers live is left out (null) while Redis is down.
 *
 * @throws UnavailableFault when the database is down.
 */
export async function describeActivity(
  courseId: string,
  { orchestrator, probes, log }: Pick<Deps, 'orchestrator' | 'probes' | 'log'>,
): Promise<ActivityResponse> {
  const options = { signal: AbortSignal.timeout(READ_TIMEOUT_MS) };
  const [activity, pace, workers] = await Promise.all([
    orchestrator.store.loadActivity(courseId, options),
    orchestrator.store.loadPace(options),
    probes.workers().catch((err: unknown) => {
      log.warn({ err }, 'live workers unknown');
      return null;
    }),
  ]);
  return { activity, pace, workers };
}
