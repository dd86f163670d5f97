import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Logger } from '@megacampus/log';
import type { Queue } from 'bullmq';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import type { Credentials } from '../env.ts';
import { isSecure } from './board-session.ts';
import { type BoardDeps, BULL_BOARD_PATH, bullBoard } from './bull-board.ts';
import type { WorkerMetrics } from './metrics.ts';
import type { Readiness } from './readiness.ts';

export interface AdminDeps extends BoardDeps {
  readonly queue: Queue;
  readonly credentials: Credentials | null;
  readonly metrics: Pick<WorkerMetrics, 'scrape'>;
  readonly readiness: () => Promise<Readiness>;
  readonly version: string;
  readonly log: Logger;
}

/** Bull Board brings styles of its own in attributes, and would load a font from elsewhere, which it can do without. */
const HEADERS = {
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    objectSrc: ["'none'"],
    baseUri: ["'self'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: 'DENY',
  // Set where the connection is encrypted.
  strictTransportSecurity: false,
} satisfies Parameters<typeof secureHeaders>[0];

/** The routes for whoever runs the worker: health for the machine, Bull Board for the admin. */
export function createAdminApp(deps: AdminDeps): Hono {
  const app = new Hono();
  app.use(secureHeaders(HEADERS));
  app.use(async (c, next) => {
    await next();
    if (isSecure(c)) c.res.headers.set('strict-transport-security', 'max-age=31536000');
  });
  app.get('/healthz', (c) => c.json({ status: 'ok', version: deps.version }));
  app.get('/readyz', async (c) => {
    const readiness = await deps.readiness();
    return c.json(readiness, readiness.ready ? 200 : 503);
  });
  app.get('/metrics', async (c) => {
    const { contentType, body } = await deps.metrics.scrape();
    return c.body(body, 200, { 'content-type': contentType });
  });
  if (deps.credentials)
    app.get('/', (c) => c.redirect(BULL_BOARD_PATH)).route('/', bullBoard(deps.queue, deps.credentials, deps));
  else deps.log.warn({ path: BULL_BOARD_PATH }, 'Bull Board is off: ADMIN_USER and ADMIN_PASSWORD are not set');
  app.onError((err, c) => {
    if (err instanceof HTTPException) return err.getResponse();
    deps.log.error({ err, path: c.req.path }, 'admin request failed');
    return c.json({ error: 'Internal error' }, 500);
  });
  return app;
}

export interface AdminServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Listens on `port`; 0 takes any free one. Rejects when the port is in use, naming the variable to change. */
export async function startAdminServer(app: Hono, port: number): Promise<AdminServer> {
  const server = createAdaptorServer({ fetch: app.fetch });
  const { promise: listening, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', (cause: NodeJS.ErrnoException) => {
    const taken = cause.code === 'EADDRINUSE';
    reject(taken ? new Error(`Port ${port} is in use: set ADMIN_PORT to a free one`, { cause }) : cause);
  });
  server.listen(port, resolve);
  await listening;
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const { promise: closed, resolve: done } = Promise.withResolvers<void>();
      server.close(() => done());
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
    },
  };
}
