import { createLogger } from '@megacampus/log';
import { createKeys } from '@megacampus/queue/keys';
import pg from 'pg';
import { createEngine } from '../../../apps/worker/src/engine.ts';
import { JobLog } from '../../../apps/worker/src/job-log.ts';
import { startWorker } from '../../../apps/worker/src/start-worker.ts';
import { remembering } from './engine.ts';
import type { ProcessMessage, WorkerTask } from './messages.ts';

const { env, tag, analyzeMs, lessonMs = 0 } = JSON.parse(process.argv[2] ?? '') as WorkerTask;
const tell = (message: ProcessMessage) => process.send?.(message);

let requests = 0;
const plainFetch = globalThis.fetch;
globalThis.fetch = (input, init) => {
  requests += 1;
  return plainFetch(input, init);
};
const counted = pg.Client.prototype as unknown as { query(...args: unknown[]): unknown };
const plainQuery = counted.query;
counted.query = function (...args) {
  requests += 1;
  return plainQuery.apply(this, args);
};

const jobLog = new JobLog();
const worker = await startWorker({
  env,
  log: createLogger({ name: 'worker', level: env.logLevel, tap: jobLog.tap }),
  jobLog,
  keys: createKeys(tag),
  engine: remembering(await createEngine(), { analyzeMs, lessonMs, onAnalyze: () => tell({ type: 'started' }) }),
});
await worker.takingJobs;
tell({ type: 'ready' });

process.on('message', (question) => {
  if (question === 'status') tell({ type: 'status', requests, rssMb: process.memoryUsage.rss() / 2 ** 20 });
});
// The bench is done, or has died.
process.on('disconnect', async () => {
  await worker.stop();
  process.exit(0);
});
