import { fork } from 'node:child_process';
import { once } from 'node:events';
import { waitFor } from '@megacampus/test-kit/wait-for';
import type { InterruptionReason } from '../interruption.ts';
import type { EngineCall } from './slow-engine.ts';
import type { WorkerProcessMessage, WorkerProcessOptions } from './worker-process.ts';

export type EngineDelays = Partial<Record<EngineCall, number>>;

/** A worker in a process of its own, that can be killed. */
export interface WorkerProcess {
  readonly pid: number;
  readonly adminPort: number;
  readonly workerId: string;
  /** How often the engine was called, or stopped by its signal. */
  count(type: 'call' | 'stopped', call: EngineCall): number;
  /** Resolves once the engine has been called (or stopped) so in this process. */
  saw(type: 'call' | 'stopped', call: EngineCall, timeoutMs?: number): Promise<void>;
  /** Why calls were stopped, in their order. */
  reasons(): (InterruptionReason | undefined)[];
  signal(signal: NodeJS.Signals): void;
  /** Ends it as a power cut would, if it still runs. */
  kill(): Promise<void>;
  readonly exited: Promise<number | null>;
}

/** Starts one and waits until it takes jobs. */
export async function spawnWorker(options: WorkerProcessOptions): Promise<WorkerProcess> {
  const child = fork(new URL('./worker-process.ts', import.meta.url), [JSON.stringify(options)], {
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const messages: WorkerProcessMessage[] = [];
  child.on('message', (message) => messages.push(message as WorkerProcessMessage));
  let output = '';
  const collect = (chunk: Buffer) => {
    output = (output + chunk).slice(-20_000);
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  const exited = once(child, 'exit').then(([code]) => code as number | null);

  const ready = await waitFor(() => messages.find((message) => message.type === 'ready'), {
    timeoutMs: 60_000,
    what: 'the worker process',
  }).catch((cause: unknown) => {
    child.kill('SIGKILL');
    throw new Error(`The worker process did not start:\n${output}`, { cause });
  });
  const count: WorkerProcess['count'] = (type, call) =>
    messages.filter((message) => message.type === type && message.call === call).length;
  return {
    pid: child.pid ?? 0,
    adminPort: ready.adminPort,
    workerId: ready.workerId,
    exited,
    count,
    async saw(type, call, timeoutMs = 10_000) {
      await waitFor(() => count(type, call) > 0, { timeoutMs, intervalMs: 5, what: `${type} of ${call}` });
    },
    reasons: () => messages.filter((message) => message.type === 'stopped').map((message) => message.reason),
    signal: (signal) => void child.kill(signal),
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await exited;
    },
  };
}
