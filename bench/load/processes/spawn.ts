import { fork } from 'node:child_process';
import { once } from 'node:events';
import { waitFor } from '@megacampus/test-kit/wait-for';
import type { World } from '../world.ts';
import type { BareTask, ProcessMessage, WorkerTask } from './messages.ts';

type Status = Extract<ProcessMessage, { type: 'status' }>;

export interface BenchProcess {
  /** Resolves when work has begun in it so many times. */
  hasStarted(times: number, timeoutMs: number): Promise<void>;
  started(): number;
  status(): Promise<Status>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Lets it end by itself; SIGKILL after 10 s. */
  stop(): Promise<void>;
}

export const spawnWorker = (world: World, task: WorkerTask): Promise<BenchProcess> =>
  spawn(world, new URL('./worker.process.ts', import.meta.url), task);
export const spawnBare = (world: World, task: BareTask): Promise<BenchProcess> =>
  spawn(world, new URL('./bare.process.ts', import.meta.url), task);

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 10_000;

/** Starts a process and waits until it takes jobs. It ends with the world, and when this process dies. */
async function spawn(world: World, url: URL, task: object): Promise<BenchProcess> {
  const file = url.pathname.split('/').at(-1);
  const child = fork(url, [JSON.stringify(task)], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const messages: ProcessMessage[] = [];
  child.on('message', (message) => messages.push(message as ProcessMessage));
  let output = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    output = (output + chunk).slice(-5_000);
  });
  const exited = once(child, 'exit');
  const count = (type: ProcessMessage['type']) => messages.filter((message) => message.type === type).length;
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const kill = async () => {
    if (hasEnded()) return;
    child.kill('SIGKILL');
    await exited;
  };
  const stop = async () => {
    if (hasEnded()) return;
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    if (child.connected) child.disconnect();
    await exited;
    clearTimeout(timer);
  };
  world.defer(stop);
  await waitFor(() => count('ready') > 0 || hasEnded(), { timeoutMs: START_TIMEOUT_MS, what: `${file} to be ready` });
  if (hasEnded()) throw new Error(`${file} did not start:\n${output}`);
  return {
    hasStarted: async (times, timeoutMs) => {
      await waitFor(() => count('started') >= times, { timeoutMs, intervalMs: 5, what: `work in ${file}` });
    },
    started: () => count('started'),
    async status() {
      const before = count('status');
      child.send('status');
      await waitFor(() => count('status') > before, { what: `the status of ${file}` });
      return messages.findLast((message): message is Status => message.type === 'status') as Status;
    },
    kill,
    stop,
  };
}
