import { randomUUID } from 'node:crypto';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { Queue } from 'bullmq';
import type { Measure } from '../measure.ts';
import { BARE_QUEUE, BARE_SHAPE, doneKey } from '../processes/bare-shape.ts';
import { spawnBare, spawnWorker } from '../processes/spawn.ts';
import { compare, p50p95, type Side, underLoad } from '../rounds.ts';
import type { World } from '../world.ts';
import { type Ask, admit, asksOf, verifierOf } from './admission-sides.ts';
import { workerEnv } from './worker-env.ts';

const CONCURRENCY = 4;
const JOBS = 3 + BARE_SHAPE.lessons;
const ROUND_TIMEOUT_MS = 120_000;

/** Courses from the click to the last job, with an engine that does nothing. */
export const generations: Measure = {
  name: 'generations',
  against: 'the same number and shape of bare BullMQ jobs',
  async run(world, size) {
    const persons = await Promise.all(Array.from({ length: size.pick(1, 4) }, () => world.person('PREMIUM', 5)));
    await giveShape(world);
    const deps = world.orchestrator();
    const env = workerEnv(world, CONCURRENCY);
    const worker = await spawnWorker(world, { env, tag: deps.keys.tag, analyzeMs: 0 });
    const asks = asksOf(persons, 5);
    const ours = wholeGenerations(world, deps, asks);
    const rounds = size.pick(2, 8);

    const bare = await bareJobs(world, asks.length, 0);
    const plain = await compare({ ours, theirs: bare.side }, { rounds });
    await bare.stop();
    const requests = (await worker.status()).requests;
    const callsPerJob = Math.round(requests / ((rounds + 1) * asks.length * JOBS));
    const calling = await bareJobs(world, asks.length, callsPerJob);
    const same = await compare({ ours, theirs: calling.side }, { rounds });
    await Promise.all([calling.stop(), worker.stop()]);

    const line = (found: typeof plain, name: string) => ({
      name,
      ours: { value: p50p95(found.ours).p50, unit: '/s' as const },
      theirs: { value: p50p95(found.theirs).p50, unit: '/s' as const },
      ratio: found.ratio,
    });
    return [
      {
        ...line(plain, `whole generations of ${JOBS} jobs a second, against bare BullMQ jobs`),
        target: { atLeast: 0.6 },
        note: `each of our jobs makes about ${callsPerJob} statements, which limit; bare jobs make none`,
      },
      {
        ...line(same, `whole generations a second, against bare jobs that read ${callsPerJob} rows each`),
        target: null,
        note: 'what is left when the database costs both sides alike; most of our statements are writes',
      },
    ];
  },
};

/** Every course the same small one. */
export async function giveShape(world: World): Promise<void> {
  await world.sql('UPDATE public.courses SET estimated_sections = $1, estimated_lessons = $2', [
    BARE_SHAPE.sections,
    BARE_SHAPE.lessons,
  ]);
}

export function wholeGenerations(world: World, deps: ReturnType<World['orchestrator']>, asks: readonly Ask[]): Side {
  const core = admit(deps, verifierOf(world));
  const completed = async () => {
    const [row] = await world.sql("SELECT count(*)::int AS n FROM public.generations WHERE status = 'completed'");
    return row?.['n'] === asks.length;
  };
  return {
    async round() {
      const startedAt = performance.now();
      await underLoad(asks.length, 16, (index) => core(asks[index] as Ask));
      await waitFor(completed, { timeoutMs: ROUND_TIMEOUT_MS, intervalMs: 10, what: 'all generations' });
      return [(asks.length / (performance.now() - startedAt)) * 1000];
    },
    after: () => world.tidy(deps),
  };
}

async function bareJobs(world: World, count: number, reads: number) {
  const { redis, stack } = world;
  const prefix = `{bare-${randomUUID()}}`;
  const queue = new Queue(BARE_QUEUE, { connection: redis, prefix });
  queue.on('error', () => undefined);
  world.defer(() => queue.close());
  const task = {
    redisUrl: stack.redisUrl,
    prefix,
    concurrency: CONCURRENCY,
    kind: 'generation',
    reads,
    databaseUrl: stack.databaseUrl,
  } as const;
  const worker = await spawnBare(world, task);
  const side: Side = {
    async round() {
      await redis.del(doneKey(prefix));
      const startedAt = performance.now();
      await underLoad(count, 16, () =>
        queue.add('analysis', { generationId: randomUUID() }, { priority: 1, attempts: 3, removeOnComplete: 100 }),
      );
      const isDone = async () => (await redis.get(doneKey(prefix))) === String(count);
      await waitFor(isDone, { timeoutMs: ROUND_TIMEOUT_MS, intervalMs: 2, what: 'the bare jobs' });
      return [(count / (performance.now() - startedAt)) * 1000];
    },
  };
  return { side, stop: () => worker.stop() };
}
