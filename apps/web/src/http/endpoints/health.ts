import type { Deps } from '../../deps.ts';
import { withDeadline } from '../deadline.ts';
import { json } from '../json.ts';
import type { Call } from '../route.ts';

/** A probe must be answered soon even when everything hangs. */
const CHECK_TIMEOUT_MS = 1_500;

/** GET /api/health: 200 only when a course generated now would be worked on. */
export async function health(call: Call, deps: Deps): Promise<Response> {
  const { probes } = deps;
  const check = async <T>(name: keyof typeof probes, probe: () => Promise<T>, down: T): Promise<T> => {
    try {
      return await withDeadline(probe(), CHECK_TIMEOUT_MS, () => new Error(`${name} did not answer`));
    } catch (err) {
      call.log.warn({ err, check: name }, 'health check failed');
      return down;
    }
  };
  const [redis, database, queue, workers] = await Promise.all([
    check('redis', probes.redis, false),
    check('database', probes.database, false),
    check('queue', probes.queue, false),
    check('workers', probes.workers, 0),
  ]);
  const ok = redis && database && queue && workers > 0;
  const body = {
    status: ok ? 'ok' : 'degraded',
    version: deps.env.APP_VERSION,
    checks: { redis, database, queue, workers },
  };
  return json(body, { status: ok ? 200 : 503, headers: { 'cache-control': 'no-store' } });
}
