import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { type Child, type ChildSpec, type Log, spawnChild } from './child.ts';

/**
 * The processes that belong to one owner. Whatever happens to the owner, none outlives it: `close` stops them,
 * and when the owner is killed a small watcher process does (see reaper.sh).
 */
export interface Nursery {
  spawn(spec: ChildSpec): Promise<Child>;
  /** True once `close` has been called. */
  isClosing(): boolean;
  /** Removes a folder when the nursery is closed or its owner dies. */
  removeAtEnd(folder: string): void;
  /** Stops what is still running, the youngest first, and removes the folders. */
  close(): Promise<void>;
}

export function createNursery(log: Log): Nursery {
  const reaper = spawn('/bin/sh', [join(import.meta.dirname, 'reaper.sh')], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  reaper.stdin.on('error', () => undefined);
  reaper.unref();
  const reaped = new Promise<void>((resolve) => reaper.once('exit', () => resolve()));
  const tell = (...words: readonly (string | number)[]) => reaper.stdin.write(`${words.join('\t')}\n`);
  const children: Child[] = [];
  let closing: Promise<void> | undefined;

  return {
    async spawn(spec) {
      if (closing !== undefined) throw new Error(`${spec.name} was not started: everything is being stopped`);
      const child = await spawnChild(spec, log);
      tell('+', child.pid, spec.stopSignals?.[0] ?? 'SIGTERM');
      children.push(child);
      void child.exited.then(() => {
        tell('-', child.pid);
        children.splice(children.indexOf(child), 1);
      });
      return child;
    },
    isClosing: () => closing !== undefined,
    removeAtEnd: (folder) => void tell('x', folder),
    close() {
      closing ??= (async () => {
        for (const child of [...children].reverse()) await child.stop();
        reaper.ref();
        reaper.stdin.end();
        await reaped;
      })();
      return closing;
    },
  };
}
