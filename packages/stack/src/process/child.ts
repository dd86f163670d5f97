import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Receives one line of output of the named process. */
export type Log = (source: string, line: string) => void;

export interface ChildSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** The whole environment; nothing is inherited unless it is in here. Default: this process's own. */
  readonly env?: NodeJS.ProcessEnv;
  /** User to run as; only root may set them. */
  readonly uid?: number;
  readonly gid?: number;
  /** Sent one after the other to the whole process group until it is gone. Default: SIGTERM, SIGKILL. */
  readonly stopSignals?: readonly NodeJS.Signals[];
  /** How long each signal but the last may take. Default 4,000 ms. */
  readonly stopTimeoutMs?: number;
}

interface ChildExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Child {
  readonly name: string;
  readonly pid: number;
  readonly exited: Promise<ChildExit>;
  /** True until the process has ended. */
  running(): boolean;
  /** The last lines it printed, for error messages. */
  tail(): string;
  /** Ends the process and everything in its group. Safe to repeat. */
  stop(): Promise<void>;
  /** Sends a signal to the process itself, for fault tests. */
  signal(signal: NodeJS.Signals): void;
}

const TAIL_LINES = 60;

/**
 * Starts a process in a group of its own, so that Ctrl-C in the terminal reaches only us, who stop the
 * children in order, and so that grandchildren can be ended with it.
 */
export async function spawnChild(spec: ChildSpec, log: Log): Promise<Child> {
  const child = spawn(spec.command, spec.args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: spec.env ?? process.env,
    ...(spec.cwd === undefined ? {} : { cwd: spec.cwd }),
    ...(spec.uid === undefined ? {} : { uid: spec.uid }),
    ...(spec.gid === undefined ? {} : { gid: spec.gid }),
  });
  const lastLines = collectOutput(child, spec.name, log);
  await once(child, 'spawn');
  const pid = child.pid;
  if (pid === undefined) throw new Error(`${spec.name} has no process id`);
  // 'exit', not 'close': a grandchild that keeps the pipe open must not keep us waiting.
  const exited = once(child, 'exit').then(([code, signal]): ChildExit => ({ code, signal }));
  const running = () => child.exitCode === null && child.signalCode === null;

  return {
    name: spec.name,
    pid,
    exited,
    running,
    tail: () => lastLines.join('\n'),
    signal: (signal) => void child.kill(signal),
    async stop() {
      for (const signal of spec.stopSignals ?? ['SIGTERM', 'SIGKILL']) {
        if (!running()) break;
        killGroup(pid, signal);
        // A frozen process takes no signal but SIGKILL until it is woken.
        killGroup(pid, 'SIGCONT');
        await Promise.race([exited, delay(spec.stopTimeoutMs ?? 4_000)]);
      }
      killGroup(pid, 'SIGKILL');
      child.stdout?.destroy();
      child.stderr?.destroy();
    },
  };
}

function collectOutput(child: ChildProcess, name: string, log: Log): string[] {
  const lastLines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (line) => {
      lastLines.push(line);
      if (lastLines.length > TAIL_LINES) lastLines.shift();
      log(name, line);
    });
  }
  return lastLines;
}

/** Signals every process of the group; a group that is already gone is fine. */
export function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (err) {
    if (!isErrno(err, 'ESRCH') && !isErrno(err, 'EPERM')) throw err;
  }
}

/** True when a process of this id exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (err) {
    return isErrno(err, 'EPERM');
  }
}

export function isErrno(err: unknown, code: string): boolean {
  return err instanceof Error && 'code' in err && err.code === code;
}

/** A pause that does not keep the process alive. */
export function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

/**
 * Asks `probe` until it says yes. Fails as soon as the process ends, or after `timeoutMs`, with the
 * process's last output. A probe that throws says "not yet".
 */
export async function waitUntilReady(child: Child, probe: () => Promise<boolean>, timeoutMs: number): Promise<void> {
  const endsAt = Date.now() + timeoutMs;
  while (Date.now() < endsAt) {
    if (!child.running()) {
      const { code, signal } = await child.exited;
      throw new Error(`${child.name} ended before it was ready (${signal ?? `exit code ${code}`}):\n${child.tail()}`);
    }
    if (await probe().catch(() => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  await child.stop();
  throw new Error(`${child.name} was not ready within ${timeoutMs} ms:\n${child.tail()}`);
}
