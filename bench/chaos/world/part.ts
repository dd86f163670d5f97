import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Nursery } from '@megacampus/stack/servers';

type Child = Awaited<ReturnType<Nursery['spawn']>>;

/** One process of the world, which can be ended, frozen and started again. */
export interface Part {
  readonly name: string;
  /** Null while it does not run. */
  pid(): number | null;
  /** SIGKILL to it and its children. False: it did not run. */
  kill(): boolean;
  /** Resolves when it has ended. */
  ended(): Promise<void>;
  /** As a deployment ends it: politely first. */
  stop(): Promise<void>;
  /** SIGSTOP to it and its children. False: it did not run. */
  freeze(): boolean;
  unfreeze(): void;
  signal(signal: NodeJS.Signals): void;
  /** Starts it, unless it runs, and waits until it answers. */
  start(): Promise<void>;
}

const START_ATTEMPTS = 5;

export async function startPart(name: string, spawn: () => Promise<Child>): Promise<Part> {
  let child = await spawn();
  let starting: Promise<void> | undefined;
  const isRunning = () => child.running();

  async function startAgain(): Promise<void> {
    for (let attempt = 1; !isRunning(); attempt += 1) {
      try {
        child = await spawn();
      } catch (err) {
        if (attempt === START_ATTEMPTS) throw err;
        await pause(500);
      }
    }
  }
  const signalAll = (signal: NodeJS.Signals) => {
    if (!isRunning()) return false;
    for (const pid of [child.pid, ...childrenOf(child.pid)]) sendSignal(pid, signal);
    return true;
  };
  return {
    name,
    pid: () => (isRunning() ? child.pid : null),
    kill: () => signalAll('SIGKILL'),
    async ended() {
      await child.exited;
    },
    stop: () => child.stop(),
    freeze: () => signalAll('SIGSTOP'),
    unfreeze: () => void signalAll('SIGCONT'),
    signal: (signal) => void (isRunning() && child.signal(signal)),
    async start() {
      starting ??= startAgain().finally(() => {
        starting = undefined;
      });
      await starting;
    },
  };
}

/** Postgres gives each backend a process group of its own, so a signal to the group would miss them. Linux only. */
function childrenOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return text.split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has just ended by itself.
  }
}
