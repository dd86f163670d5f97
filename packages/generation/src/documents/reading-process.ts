import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { type DocumentErrorReason, Fault } from '@megacampus/domain/errors';
import type { DocumentType } from '@megacampus/domain/tiers';
import type { FileFacts } from './document.ts';
import type { ReadDocument } from './document-reader.ts';

export interface ReadTask {
  readonly bytes: Uint8Array;
  readonly file: FileFacts;
  readonly maxSizeBytes: number;
  readonly types: readonly DocumentType[];
  readonly timeoutMs: number;
}

/** An error's class is lost between processes, so an expected failure travels as a value. */
export type ReadOutcome =
  | { ok: true; document: ReadDocument }
  | { ok: false; reason: DocumentErrorReason; cause?: unknown };

export interface ProcessLimits {
  readonly timeoutMs: number;
  /** Heap of the process, in megabytes. */
  readonly memoryMb: number;
  readonly stop: AbortSignal;
}

/** What a process may use besides its heap, for the file itself, decoded pictures and WebAssembly, in megabytes. */
const OUTSIDE_HEAP_MB = 448;
/** How often the memory of a process is looked at. */
const WATCH_MS = 100;
/** V8 ends a process whose heap is full in this way. */
const ABORTED = 'SIGABRT';
/** Ctrl-C, and supervisors that end a service, signal all of its processes: that says nothing about a document. */
const OF_SHUTDOWN: readonly (NodeJS.Signals | null)[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs one task in a process of its own and ends the process, however it went. Rejects when stopped, and with a Fault to be
 * retried when a shutdown ends the process. The process inherits nothing of the environment, may read files but not write
 * any, and may start no other program.
 */
export async function runInProcess(entry: URL, task: ReadTask, limits: ProcessLimits): Promise<ReadOutcome> {
  limits.stop.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<ReadOutcome>();
  const child = fork(fileURLToPath(entry), {
    env: {},
    execArgv: [
      `--max-old-space-size=${limits.memoryMb}`,
      '--permission',
      '--allow-fs-read=*',
      '--allow-worker',
      '--allow-addons',
      '--disable-warning=SecurityWarning',
    ],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2_000);
  });
  const abort = () => reject(limits.stop.reason);
  const deadline = setTimeout(() => resolve({ ok: false, reason: 'timeout' }), limits.timeoutMs);
  const watch = setInterval(() => {
    if (residentMb(child) > limits.memoryMb + OUTSIDE_HEAP_MB) resolve({ ok: false, reason: 'out_of_memory' });
  }, WATCH_MS);
  child.once('message', (outcome) => resolve(outcome as ReadOutcome));
  child.once('error', (cause) => resolve({ ok: false, reason: 'crashed', cause }));
  child.once('exit', (exitCode, signal) => {
    if (OF_SHUTDOWN.includes(signal)) {
      reject(new Fault('internal', 'the reading of a document was interrupted', { retry: true, context: { signal } }));
    }
    resolve({
      ok: false,
      reason: signal === ABORTED ? 'out_of_memory' : 'crashed',
      cause: { exitCode, signal, complaint },
    });
  });
  limits.stop.addEventListener('abort', abort, { once: true });
  child.send(task, (error) => {
    // It has ended already, and its exit says more.
    if (error) child.kill('SIGKILL');
  });
  try {
    return await promise;
  } finally {
    clearTimeout(deadline);
    clearInterval(watch);
    limits.stop.removeEventListener('abort', abort);
    await ended(child);
  }
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  child.once('exit', () => resolve());
  child.kill('SIGKILL');
  await promise;
}

/** Memory that a process really has, where the system tells (Linux); else 0, and only the heap is bounded. */
function residentMb({ pid }: ChildProcess): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** The other side: runs the one task that this process was started for. */
export function onTask(run: (task: ReadTask) => Promise<ReadOutcome>): void {
  // The worker decides when it is over: it may still finish what it has in hand.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
  process.once('message', async (message) => {
    const task = message as ReadTask;
    dieAfter(task.timeoutMs);
    process.send?.(await run(task));
  });
  process.once('disconnect', () => process.exit());
}

/** Should the parent die, nobody ends a process that hangs, and its own timers don't run. */
function dieAfter(timeoutMs: number): void {
  const code =
    "const { workerData } = require('node:worker_threads'); setTimeout(() => process.kill(process.pid, 'SIGKILL'), workerData)";
  new Worker(code, { eval: true, workerData: timeoutMs + 5_000 }).unref();
}
