import type { ProcessName } from '../stack-file.ts';
import { type Child, delay, type Log } from './child.ts';

/** Something that is meant to run until it is stopped; its process may change. */
export interface Service {
  readonly name: string;
  /** Null while it is being started again. */
  pid(): number | null;
  stop(): Promise<void>;
}

/** Turns a way to start a process into a service: once, or again and again. */
export type Keeper = (name: ProcessName, start: () => Promise<Child>) => Promise<Service>;

/** Starts the process once; when it dies it stays dead. For tests, which make servers fail on purpose. */
export const startOnce: Keeper = async (name, start) => {
  const child = await start();
  return { name, pid: () => (child.running() ? child.pid : null), stop: () => child.stop() };
};

interface BackoffOptions {
  /** Pause before the first restart; doubles with each further one. */
  readonly firstMs: number;
  readonly maxMs: number;
  /** A process that lived this long starts again at `firstMs`. */
  readonly healthyMs: number;
}

const BACKOFF: BackoffOptions = { firstMs: 250, maxMs: 10_000, healthyMs: 30_000 };

interface KeepOptions {
  readonly log: Log;
  /** Runs whenever a pid has changed. */
  readonly onChange: () => void;
  /** True once everything is being stopped: a process that ends then is not missed. */
  readonly isStopping: () => boolean;
  readonly backoff?: BackoffOptions;
}

/**
 * Starts the process again whenever it dies, after a pause that grows while it keeps dying. Only the first start
 * may fail; later failures are logged and tried again.
 */
export function keepRunning(options: KeepOptions): Keeper {
  return async (name, start) => {
    const stopping = new AbortController();
    const kept: Kept = { name, start, child: await start(), startedAt: Date.now(), stopping: stopping.signal };
    void restartForEver(kept, options);
    return {
      name,
      pid: () => (kept.child?.running() ? kept.child.pid : null),
      async stop() {
        stopping.abort();
        await kept.child?.stop();
      },
    };
  };
}

interface Kept {
  readonly name: ProcessName;
  readonly start: () => Promise<Child>;
  readonly stopping: AbortSignal;
  /** Null between two processes. */
  child: Child | null;
  startedAt: number;
}

async function restartForEver(
  kept: Kept,
  { log, onChange, isStopping, backoff = BACKOFF }: KeepOptions,
): Promise<void> {
  const over = () => kept.stopping.aborted || isStopping();
  const stopped = new Promise<void>((resolve) => kept.stopping.addEventListener('abort', () => resolve()));
  let pauseMs = backoff.firstMs;
  while (!over()) {
    if (kept.child !== null) {
      const { code, signal } = await kept.child.exited;
      if (over()) return;
      if (Date.now() - kept.startedAt >= backoff.healthyMs) pauseMs = backoff.firstMs;
      log(kept.name, `ended (${signal ?? `exit code ${code}`}); starting it again in ${pauseMs} ms`);
      // Whatever it had started itself must not hold its port.
      await kept.child.stop();
      kept.child = null;
      onChange();
    }
    await Promise.race([delay(pauseMs), stopped]);
    pauseMs = Math.min(pauseMs * 2, backoff.maxMs);
    if (over()) return;
    await startAgain(kept, { log, onChange, isStopping });
  }
}

async function startAgain(kept: Kept, { log, onChange, isStopping }: KeepOptions): Promise<void> {
  try {
    kept.startedAt = Date.now();
    const child = await kept.start();
    kept.child = child;
    if (kept.stopping.aborted) await child.stop();
    else onChange();
  } catch (err) {
    if (kept.stopping.aborted || isStopping()) return;
    log(kept.name, `did not start: ${err instanceof Error ? err.message : String(err)}`);
  }
}
