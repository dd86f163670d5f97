import { createRequire } from 'node:module';
import { join } from 'node:path';
import { webDir } from '../paths.ts';
import { type Child, waitUntilReady } from '../process/child.ts';
import type { Nursery } from '../process/nursery.ts';
import { isOk } from './worker.ts';

const READY_TIMEOUT_MS = 90_000;

export interface WebOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly port: number;
  /** The folder of a finished build, or `dev` to compile on request. */
  readonly build: string | 'dev';
}

/** Starts the web app and waits until its first page is there. */
export async function startWebApp(nursery: Nursery, options: WebOptions): Promise<Child> {
  const { port, build } = options;
  const dev = build === 'dev';
  const child = await nursery.spawn({
    name: 'web',
    command: process.execPath,
    args: [nextCli(), dev ? 'dev' : 'start', '--port', String(port), '--hostname', '127.0.0.1'],
    cwd: webDir,
    env: {
      ...options.env,
      NODE_ENV: dev ? 'development' : 'production',
      NEXT_DIST_DIR: dev ? '.next/dev-server' : build,
      NEXT_TELEMETRY_DISABLED: '1',
    },
    stopTimeoutMs: 4_000,
  });
  await waitUntilReady(child, () => isOk(`http://127.0.0.1:${port}/`), READY_TIMEOUT_MS);
  return child;
}

/** Next's command-line program, run by our own Node rather than through its shell wrapper. */
export function nextCli(): string {
  return createRequire(join(webDir, 'package.json')).resolve('next/dist/bin/next');
}
