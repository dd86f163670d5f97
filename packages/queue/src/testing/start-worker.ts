import { useStack } from '@megacampus/test-kit/servers';
import { type Job, type Processor, Worker, type WorkerOptions } from 'bullmq';
import { onTestFinished } from 'vitest';
import { closeRedis, createWorkerRedis } from '../connections/connections.ts';
import type { Keys } from '../keys.ts';
import { QUEUE_NAME, WORKER_OPTIONS } from '../queue/options.ts';
import { silentLog } from './fixtures.ts';

/** A BullMQ worker with our options, closed with its connection when the test ends. */
export function startWorker(
  keys: Keys,
  processor: Processor | null,
  { url = useStack().redisUrl, ...options }: Partial<WorkerOptions> & { readonly url?: string } = {},
): Worker {
  const connection = createWorkerRedis(url, { log: silentLog, name: 'test-worker' });
  const worker = new Worker(QUEUE_NAME, processor, { ...WORKER_OPTIONS, connection, prefix: keys.tag, ...options });
  worker.on('error', () => {});
  onTestFinished(async () => {
    await worker.close(true);
    await closeRedis(connection);
  });
  return worker;
}

/** A processor that notes the ids of the jobs it runs, in their order. */
export function recorder(): { readonly ran: string[]; readonly processor: (job: Job) => Promise<void> } {
  const ran: string[] = [];
  return {
    ran,
    async processor(job) {
      ran.push(job.id ?? '');
    },
  };
}
