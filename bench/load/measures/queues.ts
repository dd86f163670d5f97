import { closeRedis, createWorkerRedis } from '@megacampus/queue/connections';
import { QUEUE_NAME, WORKER_OPTIONS } from '@megacampus/queue/queue';
import { Worker } from 'bullmq';
import { Logger, makeWorkerUtils, run } from 'graphile-worker';
import { PgBoss } from 'pg-boss';
import type { Measure, Result } from '../measure.ts';
import { compare, p50p95, type Side, underLoad } from '../rounds.ts';
import type { World } from '../world.ts';
import { analysisJob } from './bench-job.ts';

const IN_FLIGHT = 16;
const CONCURRENCY = 4;

/** A queue with a worker that waits, whose jobs call `ran`. */
interface Contender {
  add(n: number): Promise<unknown>;
  stop(): Promise<unknown>;
}
type Start = (world: World, ran: (n: number) => void) => Promise<Contender>;

/** Jobs that do nothing, through our queue and through two that live in the same Postgres. */
export const queues: Measure = {
  name: 'queues',
  against: 'pg-boss and graphile-worker on the same Postgres',
  async run(world, size) {
    const results: Result[] = [];
    for (const [name, start] of [
      ['pg-boss', startPgBoss],
      ['graphile-worker', startGraphile],
    ] as const) {
      const [ours, theirs] = [await measured(world, startOurs), await measured(world, start)];
      const jobs = size.pick(150, 400);
      const rounds = size.pick(3, 10);
      const rate = await compare({ ours: ours.throughput(jobs), theirs: theirs.throughput(jobs) }, { rounds });
      const single = size.pick(15, 30);
      const wait = await compare({ ours: ours.latency(single), theirs: theirs.latency(single) }, { rounds });
      await Promise.all([ours.stop(), theirs.stop()]);
      const [our, their] = [p50p95(wait.ours), p50p95(wait.theirs)];
      results.push(
        {
          name: `jobs that do nothing, added and run, against ${name}`,
          ours: { value: p50p95(rate.ours).p50, unit: '/s' },
          theirs: { value: p50p95(rate.theirs).p50, unit: '/s' },
          ratio: rate.ratio,
          target: null,
        },
        {
          name: `from adding one job until it runs, against ${name}`,
          ours: { value: our.p50, p95: our.p95, unit: 'ms' },
          theirs: { value: their.p50, p95: their.p95, unit: 'ms' },
          ratio: wait.ratio,
          target: null,
        },
      );
    }
    return results;
  },
};

async function measured(world: World, start: Start) {
  const awaited = new Map<number, () => void>();
  let last = 0;
  const queue = await start(world, (n) => {
    awaited.get(n)?.();
    awaited.delete(n);
  });
  world.defer(() => queue.stop());
  const oneJob = () => {
    last += 1;
    const { promise, resolve } = Promise.withResolvers<void>();
    awaited.set(last, resolve);
    return { added: queue.add(last), ran: promise };
  };
  return {
    stop: queue.stop,
    throughput: (jobs: number): Side => ({
      async round() {
        const startedAt = performance.now();
        const runs: Promise<void>[] = [];
        await underLoad(jobs, IN_FLIGHT, async () => {
          const { added, ran } = oneJob();
          runs.push(ran);
          await added;
        });
        await Promise.all(runs);
        return [(jobs / (performance.now() - startedAt)) * 1000];
      },
    }),
    latency: (jobs: number): Side => ({
      async round() {
        const tookMs: number[] = [];
        for (let job = 0; job < jobs; job += 1) {
          const startedAt = performance.now();
          const { added, ran } = oneJob();
          await Promise.all([added, ran.then(() => tookMs.push(performance.now() - startedAt))]);
        }
        return tookMs;
      },
    }),
  };
}

const startOurs: Start = async (world, ran) => {
  const { queue, keys } = world.orchestrator();
  const connection = createWorkerRedis(world.stack.redisUrl, { log: world.log, name: 'bench-worker' });
  const options = { ...WORKER_OPTIONS, connection, prefix: keys.tag, concurrency: CONCURRENCY };
  const worker = new Worker(QUEUE_NAME, async ({ data }) => ran(Number(data.requestId)), options);
  worker.on('error', () => undefined);
  await worker.waitUntilReady();
  let stopped: Promise<void> | undefined;
  return {
    add: (n) => queue.add(analysisJob(n)),
    stop: () => (stopped ??= worker.close().then(() => closeRedis(connection))),
  };
};

const startPgBoss: Start = async ({ stack }, ran) => {
  const boss = new PgBoss({ connectionString: stack.databaseUrl, max: 10, useListenNotify: true, supervise: false });
  boss.on('error', () => undefined);
  await boss.start();
  await boss.createQueue('bench', { notify: true });
  // Its quickest settings: told of each job at once, and many fetched at a time.
  const options = {
    ...{ pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 0.5 },
    batchSize: 50,
    burstWhenBatchFull: true,
    localConcurrency: CONCURRENCY,
  };
  await boss.work<{ n: number }>('bench', options, async (jobs) => {
    for (const { data } of jobs) ran(data.n);
  });
  let stopped: Promise<void> | undefined;
  return {
    add: (n) => boss.send('bench', { ...analysisJob(n).payload, n }),
    stop: () => (stopped ??= boss.stop({ graceful: false })),
  };
};

const SILENT = new Logger(() => () => undefined);

const startGraphile: Start = async ({ stack }, ran) => {
  const runner = await run({
    connectionString: stack.databaseUrl,
    concurrency: CONCURRENCY,
    noHandleSignals: true,
    maxPoolSize: 10,
    taskList: { bench: async (payload) => ran((payload as { n: number }).n) },
    logger: SILENT,
  });
  const utils = await makeWorkerUtils({ connectionString: stack.databaseUrl, maxPoolSize: 10, logger: SILENT });
  let stopped: Promise<unknown> | undefined;
  return {
    add: (n) => utils.addJob('bench', { ...analysisJob(n).payload, n }),
    stop: () => (stopped ??= Promise.all([runner.stop(), utils.release()])),
  };
};
