import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '@megacampus/log';

export interface Loop {
  /** Tells the pass under way to stop and resolves when it has ended. */
  stop(): Promise<void>;
}

export interface LoopOptions {
  readonly name: string;
  /** Between the end of one pass and the start of the next, so that passes never overlap. */
  readonly intervalMs: number;
  readonly log: Logger;
  readonly pass: (signal: AbortSignal) => Promise<void>;
}

/**
 * Runs a pass again and again until stopped. A failing pass is logged, once per outage at warn, and never
 * ends the loop.
 */
export function startLoop(options: LoopOptions): Loop {
  const stopping = new AbortController();
  const done = run(options, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

async function run({ name, intervalMs, log, pass }: LoopOptions, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    try {
      await pass(signal);
      if (failures > 0) log.info({ loop: name, failures }, 'loop works again');
      failures = 0;
    } catch (err) {
      if (!signal.aborted) {
        failures += 1;
        log[failures === 1 ? 'warn' : 'debug']({ err, loop: name, failures }, 'loop pass failed');
      }
    }
    await pause(intervalMs, undefined, { signal }).catch(() => {});
  }
}
