import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { HonoAdapter } from '@bull-board/hono';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Queue } from 'bullmq';
import { Hono } from 'hono';
import { basicAuth } from 'hono/basic-auth';
import { csrf } from 'hono/csrf';
import type { Credentials } from '../env.ts';
import { BULL_BOARD_PATH, hasBoardSession, type SignInDeps, signInByTicket } from './board-session.ts';

export { BULL_BOARD_PATH };

/**
 * Bull Board behind a sign-in: a session that a ticket of the web app began, or basic auth, for curl. Browsers send the credentials of basic auth along with requests that other sites
 * make, so those are refused. Hono compares the credentials in constant time.
 */
export function bullBoard(queue: Queue, credentials: Credentials, deps: SignInDeps): Hono {
  const adapter = new HonoAdapter(serveStatic);
  adapter.setBasePath(BULL_BOARD_PATH);
  createBullBoard({
    queues: [new BullMQAdapter(queue)],
    serverAdapter: adapter,
    options: { uiConfig: { boardTitle: 'MegaCampus' } },
  });
  const app = new Hono();
  const byPassword = basicAuth({ username: credentials.user, password: credentials.password, realm: 'MegaCampus' });
  app.get(`${BULL_BOARD_PATH}/sign-in`, (c) => signInByTicket(c, deps));
  app.use(`${BULL_BOARD_PATH}/*`, async (c, next) =>
    (await hasBoardSession(c, deps)) ? await next() : await byPassword(c, next),
  );
  app.use(`${BULL_BOARD_PATH}/*`, csrf());
  app.get(`${BULL_BOARD_PATH}/`, (c) => c.redirect(BULL_BOARD_PATH));
  app.route(BULL_BOARD_PATH, adapter.registerPlugin());
  return app;
}
