import { createLogger } from '@megacampus/log';
import { createKeys } from '@megacampus/queue/keys';
import { createEngine } from '../engine.ts';
import type { WorkerEnv } from '../env.ts';
import type { InterruptionReason } from '../interruption.ts';
import { JobLog } from '../job-log.ts';
import { startWorker } from '../start-worker.ts';
import { type EngineCall, slowEngine } from './slow-engine.ts';

/** What a test tells its worker process, as JSON in the first argument. */
export interface WorkerProcessOptions {
  readonly env: WorkerEnv;
  readonly tag: string;
  readonly delaysMs: Partial<Record<EngineCall, number>>;
}

/** What the process tells the test. */
export type WorkerProcessMessage =
  | { readonly type: 'ready'; readonly workerId: string; readonly adminPort: number }
  | { readonly type: 'call'; readonly call: EngineCall }
  | { readonly type: 'stopped'; readonly call: EngineCall; readonly reason: InterruptionReason | undefined };

const { env, tag, delaysMs } = JSON.parse(process.argv[2] ?? '') as WorkerProcessOptions;
const tell = (message: WorkerProcessMessage) => process.send?.(message);

const jobLog = new JobLog();
const engine = slowEngine(await createEngine(), {
  delaysMs,
  onCall: (call) => tell({ type: 'call', call }),
  onStopped: (call, reason) => tell({ type: 'stopped', call, reason }),
});
const log = createLogger({ name: 'worker', level: env.logLevel, tap: jobLog.tap });
const worker = await startWorker({ env, log, jobLog, keys: createKeys(tag), ...(env.ai ? {} : { engine }) });
process.on('SIGTERM', async () => {
  await worker.stop();
  process.exit(0);
});
await worker.takingJobs;
tell({ type: 'ready', workerId: worker.workerId, adminPort: worker.adminPort });
