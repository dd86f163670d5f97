import { repositoryDir, workerMain } from '../paths.ts';
import { type Child, waitUntilReady } from '../process/child.ts';
import type { Nursery } from '../process/nursery.ts';

const READY_TIMEOUT_MS = 60_000;

export interface WorkerOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly adminPort: number;
  /** Starts again when a source file changes. */
  readonly watch?: boolean;
}

/** Starts a worker and waits until its admin server says that it is alive. */
export async function startWorker(nursery: Nursery, { env, adminPort, watch }: WorkerOptions): Promise<Child> {
  const flags = watch === true ? ['--watch', '--watch-preserve-output'] : [];
  const child = await nursery.spawn({
    name: 'worker',
    command: process.execPath,
    args: [...flags, '--enable-source-maps', workerMain],
    cwd: repositoryDir,
    env,
    // A job that is not done by then is handed over: another worker, or this one's successor, runs it again.
    stopTimeoutMs: 4_500,
  });
  await waitUntilReady(child, () => isOk(`http://127.0.0.1:${adminPort}/healthz`), READY_TIMEOUT_MS);
  return child;
}

/** True when the address answers with a status below 300. */
export async function isOk(url: string): Promise<boolean> {
  return (await fetch(url, { signal: AbortSignal.timeout(5_000) })).ok;
}
