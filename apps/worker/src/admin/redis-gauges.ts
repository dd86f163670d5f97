import { TIERS } from '@megacampus/domain/tiers';
import type { Logger } from '@megacampus/log';
import { type Insight, WAITING_LOOKED_AT } from '@megacampus/queue/insight';
import type { CourseQueue } from '@megacampus/queue/queue';
import type { Slots } from '@megacampus/queue/slots';
import { Gauge, type Registry } from 'prom-client';

export interface RedisGaugeDeps {
  readonly queue: Pick<CourseQueue, 'counts'>;
  readonly insight: Pick<Insight, 'waiting'>;
  readonly slots: Pick<Slots, 'list' | 'getGlobalLimit'>;
  readonly defaultGlobalLimit: number;
  readonly log: Logger;
}

/** Gauges of what lives in Redis. `read` brings them up to date and never rejects: what cannot be read is left out. */
export function createRedisGauges(deps: RedisGaugeDeps, registers: Registry[]): { read(): Promise<void> } {
  const { depth, waiting, oldest, held, limit } = gauges(registers);
  const orNothing = async (stale: readonly Gauge<string>[], read: () => Promise<void>) => {
    try {
      await read();
    } catch (err) {
      // Zero would be a lie: no slot held, no limit.
      for (const gauge of stale) {
        gauge.reset();
        gauge.remove({});
      }
      deps.log.debug({ err }, 'gauges not read');
    }
  };
  const readers = [
    () =>
      orNothing([depth], async () => {
        for (const [state, count] of Object.entries(await deps.queue.counts())) depth.set({ state }, count);
      }),
    () =>
      orNothing([waiting, oldest], async () => {
        const found = await deps.insight.waiting();
        for (const tier of TIERS) {
          const one = found.find((candidate) => candidate.tier === tier);
          waiting.set({ tier }, one?.jobs ?? 0);
          oldest.set({ tier }, (one?.oldestForMs ?? 0) / 1_000);
        }
      }),
    () => orNothing([held], async () => held.set((await deps.slots.list()).length)),
    () => orNothing([limit], async () => limit.set((await deps.slots.getGlobalLimit()) ?? deps.defaultGlobalLimit)),
  ];
  return { read: async () => void (await Promise.all(readers.map((read) => read()))) };
}

function gauges(registers: Registry[]) {
  const first = `Of the first ${WAITING_LOOKED_AT.toLocaleString('en')} in the order of service.`;
  return {
    depth: new Gauge({
      name: 'megacampus_queue_jobs',
      help: 'Jobs in the queue by state.',
      labelNames: ['state'],
      registers,
    }),
    waiting: new Gauge({
      name: 'megacampus_queue_waiting_jobs',
      help: `Waiting jobs by tier. ${first}`,
      labelNames: ['tier'],
      registers,
    }),
    oldest: new Gauge({
      name: 'megacampus_queue_oldest_wait_seconds',
      help: `Time since the oldest waiting job of a tier was put on the queue, 0 when none waits. ${first}`,
      labelNames: ['tier'],
      registers,
    }),
    held: new Gauge({
      name: 'megacampus_slots_held',
      help: 'Slots held: generations in flight.',
      registers,
    }),
    limit: new Gauge({
      name: 'megacampus_slots_limit',
      help: 'Generations that may be in flight at once.',
      registers,
    }),
  };
}
