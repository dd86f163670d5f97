import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { HonoAdapter } from '@bull-board/hono';
import { getConnInfo } from '@hono/node-server/conninfo';
import { serveStatic } from '@hono/node-server/serve-static';
import type { FailureLimit } from '@megacampus/queue/rate-limits';
import type { Job, Queue } from 'bullmq';
import { Hono, type MiddlewareHandler } from 'hono';
import { basicAuth } from 'hono/basic-auth';
import { csrf } from 'hono/csrf';
import type { Credentials } from '../env.ts';
import { BULL_BOARD_PATH, hasBoardSession, type SignInDeps, signInByTicket } from './board-session.ts';

export { BULL_BOARD_PATH };

export interface BoardDeps extends SignInDeps {
  /** Wrong passwords of one address. */
  readonly boardTries: FailureLimit;
}

/**
 * Bull Board behind a sign-in: a session that a ticket of the web app began, or basic auth, for curl. Browsers send the
 * credentials of basic auth along with requests that other sites make, so those are refused. Hono compares the
 * credentials in constant time.
 */
export function bullBoard(queue: Queue, credentials: Credentials, deps: BoardDeps): Hono {
  const adapter = new HonoAdapter(serveStatic);
  adapter.setBasePath(BULL_BOARD_PATH);
  createBullBoard({
    queues: [new InOrderOfService(queue)],
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: 'MegaCampus' } },
  });
  const app = new Hono();
  const byPassword = limited(
    basicAuth({ username: credentials.user, password: credentials.password, realm: 'MegaCampus' }),
    deps.boardTries,
  );
  app.get(`${BULL_BOARD_PATH}/sign-in`, (c) => signInByTicket(c, deps));
  app.use(`${BULL_BOARD_PATH}/*`, async (c, next) =>
    (await hasBoardSession(c, deps)) ? await next() : await byPassword(c, next),
  );
  app.use(`${BULL_BOARD_PATH}/*`, csrf());
  app.get(`${BULL_BOARD_PATH}/`, (c) => c.redirect(BULL_BOARD_PATH));
  app.route(BULL_BOARD_PATH, adapter.registerPlugin());
  return app;
}

type Statuses = Parameters<BullMQAdapter['getJobs']>[0];

/** Jobs that are still to run. */
const COMING = ['waiting', 'prioritized', 'delayed', 'active'] as const;
const isComing = (status: string): status is (typeof COMING)[number] => COMING.some((coming) => coming === status);

/** Shows jobs that are still to run as they will be served, the next one first. Bull Board shows the last one first. */
class InOrderOfService extends BullMQAdapter {
  readonly #queue: Queue;

  constructor(queue: Queue) {
    super(queue);
    this.#queue = queue;
  }

  override async getJobs(statuses: Statuses, start?: number, end?: number): Promise<Job[]> {
    const coming = statuses.filter(isComing);
    if (coming.length < statuses.length) return await super.getJobs(statuses, start, end);
    return await this.#queue.getJobs(coming, start, end, true);
  }
}

/** Refuses whoever has given too many wrong passwords, the right one too: nobody finds it by trying. */
function limited(byPassword: MiddlewareHandler, tries: FailureLimit): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.header('authorization') === undefined) return await byPassword(c, next);
    const who = getConnInfo(c).remote.address ?? 'unknown';
    const attempt = await tries.attempt(who);
    if (attempt.kind === 'too_many') {
      c.header('retry-after', String(attempt.retryAfterS));
      return c.text('Too many wrong passwords. Try again later.', 429);
    }
    return await byPassword(c, async () => {
      await tries.forget(who);
      await next();
    });
  };
}
