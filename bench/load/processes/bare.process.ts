import { createLogger } from '@megacampus/log';
import { createWorkerRedis } from '@megacampus/queue/connections';
import { type Job, Queue, Worker } from 'bullmq';
import pg from 'pg';
import { BARE_QUEUE, BARE_SHAPE, doneKey } from './bare-shape.ts';
import type { BareTask, ProcessMessage } from './messages.ts';

const task = JSON.parse(process.argv[2] ?? '') as BareTask;
const tell = (message: ProcessMessage) => process.send?.(message);
// As BullMQ asks for it, to one server or to a cluster.
const connect = (name: string) =>
  createWorkerRedis(task.redisUrl, { log: createLogger({ name, level: 'silent' }), name });
const connection = connect('bare');
const queue = new Queue(BARE_QUEUE, { connection, prefix: task.prefix });

const pool = new pg.Pool({ connectionString: task.databaseUrl });
const READ = { name: 'read', text: 'SELECT value FROM public.settings WHERE key = $1', values: ['none'] };

async function runJob({ name, data }: Job): Promise<void> {
  for (let read = 0; read < task.reads; read += 1) await pool.query(READ);
  const next = (step: string) => ({ name: step, data, opts: { priority: 1, attempts: 3, removeOnComplete: 100 } });
  if (name === 'analysis') await queue.addBulk([next('structure')]);
  else if (name === 'structure') await queue.addBulk(Array.from({ length: BARE_SHAPE.lessons }, () => next('lesson')));
  else if (name === 'lesson') {
    const written = await connection.incr(`${task.prefix}:lessons:${data.generationId}`);
    if (written === BARE_SHAPE.lessons) await queue.addBulk([next('finalization')]);
  } else await connection.incr(doneKey(task.prefix));
}

// BullMQ's defaults, but for the concurrency.
const worker = new Worker(
  BARE_QUEUE,
  async (job) => {
    if (task.kind === 'generation') return runJob(job);
    tell({ type: 'started' });
    await new Promise(() => undefined);
  },
  { connection: connect('bare-jobs'), prefix: task.prefix, concurrency: task.concurrency },
);
worker.on('error', () => undefined);
await worker.waitUntilReady();
tell({ type: 'ready' });
process.on('disconnect', () => process.exit(0));
