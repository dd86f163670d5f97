import { createLogger } from '@megacampus/log';
import { readEnv } from './env.ts';
import { JobLog } from './job-log.ts';
import { startWorker } from './start-worker.ts';

/** A shutdown that hangs all the same ends here. */
const LAST_RESORT_MS = 20_000;

const env = readEnv();
const jobLog = new JobLog();
const log = createLogger({
  name: 'worker',
  level: env.logLevel,
  pretty: env.nodeEnv === 'development',
  tap: jobLog.tap,
});

// The libraries are loaded only where traces are wanted.
const tracing = env.isTraced
  ? (await import('@megacampus/tracing/start')).startTracing({ name: 'megacampus-worker', version: env.version })
  : null;

let stopAsked = false;
const worker = startWorker({ env, log, jobLog });
worker.catch((err: unknown) => {
  log.fatal({ err }, 'worker could not start');
  process.exit(1);
});

async function stop(signal: NodeJS.Signals): Promise<void> {
  if (stopAsked) {
    log.warn({ signal }, 'second signal: exiting at once');
    process.exit(1);
  }
  stopAsked = true;
  setTimeout(() => process.exit(1), LAST_RESORT_MS).unref();
  await (await worker).stop();
  await tracing?.stop();
  process.exit(0);
}

process.on('SIGTERM', stop);
process.on('SIGINT', stop);
process.on('unhandledRejection', (err) => {
  log.error({ err }, 'unhandled rejection');
});
process.on('uncaughtException', (err) => {
  log.fatal({ err }, 'uncaught exception; exiting, jobs will run again elsewhere');
  process.exit(1);
});
