import { mastersOf } from '@megacampus/queue/connections';
import type { Measure, Outcome } from '../measure.ts';
import { admit, asksOf, verifierOf } from '../measures/admission-sides.ts';
import { analysisJob } from '../measures/bench-job.ts';
import { oneByOne } from '../rounds.ts';
import { median, percentile } from '../statistics.ts';
import type { World } from '../world.ts';
import { flat } from './flat.ts';

const BATCH = 1_000;

/** Admissions into queues in which so many jobs wait, in turn, so that each length meets the same machine. */
export const waitingJobs: Measure = {
  name: 'growth-jobs',
  against: 'a queue with a hundred waiting jobs',
  async run(world, size): Promise<Outcome> {
    const lengths = size.pick([100, 10_000], [100, 1_000, 10_000, 100_000]);
    const asks = asksOf([await world.person('PREMIUM', 5)], 5);
    const verify = verifierOf(world);
    const sides = [];
    for (const waiting of lengths) {
      const deps = world.orchestrator();
      const before = await usedMb(world);
      await fill(deps, waiting);
      sides.push({ deps, mb: (await usedMb(world)) - before, admitMs: [] as number[], addMs: [] as number[] });
    }
    for (let round = -1; round < size.pick(4, 20); round += 1) {
      for (const { deps, admitMs, addMs } of sides) {
        const core = admit(deps, verify);
        const admitted = await oneByOne(asks.length, (index) => core(asks[index] as (typeof asks)[number]));
        const added = await oneByOne(20, () => deps.queue.add(analysisJob(round)));
        if (round >= 0) admitMs.push(...admitted);
        if (round >= 0) addMs.push(...added);
        await world.forgetGenerations(deps);
      }
    }
    for (const { deps } of sides) await deps.queue.bull.obliterate({ force: true });
    const [admits, adds] = [sides.map(({ admitMs }) => median(admitMs)), sides.map(({ addMs }) => median(addMs))];
    const chart = { xName: 'waiting jobs', xs: lengths };
    return {
      results: [
        flat('admission core', 'waiting jobs', lengths, admits),
        flat('adding a job', 'waiting jobs', lengths, adds),
      ],
      charts: [
        {
          ...chart,
          file: 'speed-waiting-jobs',
          title: 'Admission beside waiting jobs',
          yName: 'ms',
          series: [
            { name: 'admission, p50', values: admits },
            { name: 'admission, p95', values: sides.map(({ admitMs }) => percentile(admitMs, 0.95)) },
            { name: 'adding a job, p50', values: adds },
          ],
        },
        {
          ...chart,
          file: 'speed-waiting-jobs-memory',
          title: 'Memory of waiting jobs in Redis',
          yName: 'MB',
          series: [{ name: 'Redis', values: sides.map(({ mb }) => Math.max(0, mb)) }],
        },
      ],
    };
  },
};

async function fill({ queue }: ReturnType<World['orchestrator']>, count: number): Promise<void> {
  for (let from = 0; from < count; from += BATCH) {
    await queue.addMany(Array.from({ length: Math.min(BATCH, count - from) }, (_, n) => analysisJob(from + n)));
  }
}

async function usedMb({ redis }: World): Promise<number> {
  const infos = await Promise.all(mastersOf(redis).map((server) => server.info('memory')));
  return infos.reduce((sum, info) => sum + Number(/^used_memory:(\d+)/m.exec(info)?.[1]), 0) / 2 ** 20;
}
