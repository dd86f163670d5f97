import type { Measure, Outcome } from '../measure.ts';
import { asksOf } from '../measures/admission-sides.ts';
import { giveShape, wholeGenerations } from '../measures/generations.ts';
import { workerEnv } from '../measures/worker-env.ts';
import { type BenchProcess, spawnWorker } from '../processes/spawn.ts';
import { median } from '../statistics.ts';

/** Whole generations with 1, 2 and 4 worker processes of four jobs at once, and what each takes of memory. */
export const moreWorkers: Measure = {
  name: 'growth-workers',
  against: 'one worker',
  async run(world, size): Promise<Outcome> {
    const counts = size.pick([1, 2], [1, 2, 4]);
    const persons = await Promise.all(Array.from({ length: size.pick(1, 4) }, () => world.person('PREMIUM', 5)));
    await giveShape(world);
    const deps = world.orchestrator();
    const side = wholeGenerations(world, deps, asksOf(persons, 5));
    const workers: BenchProcess[] = [];
    const rates: number[] = [];
    const memoryMb: number[] = [];
    for (const count of counts) {
      while (workers.length < count) {
        workers.push(await spawnWorker(world, { env: workerEnv(world, 4), tag: deps.keys.tag, analyzeMs: 0 }));
      }
      const found: number[] = [];
      for (let round = -1; round < size.pick(1, 6); round += 1) {
        const [perSecond = 0] = await side.round();
        await side.after?.();
        if (round >= 0) found.push(perSecond);
      }
      rates.push(median(found));
      memoryMb.push(median((await Promise.all(workers.map((worker) => worker.status()))).map(({ rssMb }) => rssMb)));
    }
    await Promise.all(workers.map((worker) => worker.stop()));
    const chart = { xName: 'workers', xs: counts };
    return {
      results: [
        {
          name: `whole generations a second with ${counts.at(-1)} workers, against one`,
          ours: { value: rates.at(-1) ?? 0, unit: '/s' },
          theirs: { value: rates[0] ?? 0, unit: '/s' },
          ratio: (rates.at(-1) ?? 0) / (rates[0] ?? 1),
          target: null,
          note: 'all share one Postgres on the same cores',
        },
      ],
      charts: [
        {
          ...chart,
          file: 'speed-workers',
          title: 'Whole generations by number of workers',
          yName: 'a second',
          series: [{ name: 'generations', values: rates }],
        },
        {
          ...chart,
          file: 'speed-workers-memory',
          title: 'Memory of a worker',
          yName: 'MB',
          series: [{ name: 'resident', values: memoryMb }],
        },
      ],
    };
  },
};
