import { randomUUID } from 'node:crypto';
import { Queue } from 'bullmq';
import type { Measure } from '../measure.ts';
import { BARE_QUEUE } from '../processes/bare-shape.ts';
import { type BenchProcess, spawnBare, spawnWorker } from '../processes/spawn.ts';
import { median } from '../statistics.ts';
import type { World } from '../world.ts';
import { type Ask, admit, asksOf, verifierOf } from './admission-sides.ts';
import { workerEnv } from './worker-env.ts';

/** Twice what BullMQ needs at worst: a lock of 30 s, looked for every 30 s. */
const TIMEOUT_MS = 120_000;
const HOUR_MS = 3_600_000;

const begun = new WeakMap<World, Promise<number[]>>();

/** A worker is killed in the middle of a job while another runs: how long until that has the job. */
export const kill: Measure = {
  name: 'kill',
  against: "BullMQ's defaults",
  begin(world, size) {
    // BullMQ's side waits for most of a minute and costs nothing meanwhile: all of its kills at once, beside the rest.
    const theirs = Promise.all(Array.from({ length: size.pick(1, 5) }, () => bareTakeover(world)));
    theirs.catch(() => undefined);
    begun.set(world, theirs);
  },
  async run(world, size) {
    const times = size.pick(1, 5);
    const theirs = await begun.get(world);
    if (theirs === undefined) throw new Error('The kills of the other side were not begun');
    const ours: number[] = [];
    for (let time = 0; time < times; time += 1) ours.push(await ownTakeover(world));
    const [our, their] = [median(ours), median(theirs)];
    return [
      {
        name: 'kill −9 of a worker until its job runs again, median',
        ours: { value: our, unit: 's', p95: Math.max(...ours) },
        theirs: { value: their, unit: 's', p95: Math.max(...theirs) },
        ratio: our / their,
        target: { atMost: 0.25 },
        note: `of ${times}, with the worst in place of a p95`,
      },
    ];
  },
};

async function ownTakeover(world: World): Promise<number> {
  const deps = world.orchestrator();
  const person = await world.person('PREMIUM', 1);
  const task = { env: workerEnv(world, 1), tag: deps.keys.tag, analyzeMs: HOUR_MS };
  const first = await spawnWorker(world, task);
  await admit(deps, verifierOf(world))(asksOf([person], 1)[0] as Ask);
  await first.hasStarted(1, 30_000);
  const second = await spawnWorker(world, task);
  const seconds = await takeover(first, second);
  await second.kill();
  await world.tidy(deps);
  return seconds;
}

async function bareTakeover(world: World): Promise<number> {
  const prefix = `{kill-${randomUUID()}}`;
  const { stack, redis } = world;
  const { redisUrl, databaseUrl } = stack;
  const task = { redisUrl, databaseUrl, prefix, concurrency: 1, kind: 'hang', reads: 0 } as const;
  const queue = new Queue(BARE_QUEUE, { connection: redis, prefix });
  queue.on('error', () => undefined);
  const first = await spawnBare(world, task);
  await queue.add('work', {});
  await first.hasStarted(1, 30_000);
  const second = await spawnBare(world, task);
  const seconds = await takeover(first, second);
  await second.kill();
  await queue.close();
  return seconds;
}

async function takeover(first: BenchProcess, second: BenchProcess): Promise<number> {
  const killedAt = performance.now();
  await first.kill();
  await second.hasStarted(1, TIMEOUT_MS);
  return (performance.now() - killedAt) / 1000;
}
