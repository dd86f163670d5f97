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
  /** As a deployment ends it: politely first. What stands still goes on before, or it would stay when its parent has ended. */
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
  const everybody = () => (isRunning() ? [child.pid, ...childrenOf(child.pid)] : []);
  /** Also of a process that has ended meanwhile: its children are nobody's then, and can't be found any more. */
  const frozen = new Set<number>();

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
    const pids = everybody();
    for (const pid of pids) sendSignal(pid, signal);
    return pids.length > 0;
  };
  const unfreeze = () => {
    for (const pid of new Set([...frozen, ...everybody()])) sendSignal(pid, 'SIGCONT');
    frozen.clear();
  };
  return {
    name,
    pid: () => (isRunning() ? child.pid : null),
    kill: () => signalAll('SIGKILL'),
    async ended() {
      await child.exited;
    },
    async stop() {
      unfreeze();
      await child.stop();
    },
    freeze() {
      for (const pid of everybody()) frozen.add(pid);
      return signalAll('SIGSTOP');
    },
    unfreeze,
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
