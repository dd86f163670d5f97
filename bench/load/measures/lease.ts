import { randomUUID } from 'node:crypto';
import { createKeys } from '@megacampus/queue/keys';
import { createSlots } from '@megacampus/queue/slots';
import type { Measure, Result } from '../measure.ts';
import { compare, p50p95, underLoad } from '../rounds.ts';
import { growthPerDecade } from '../statistics.ts';
import { forgetKeys, knowScript, type World } from '../world.ts';

const TTL_MS = 600_000;

const UP = `if tonumber(redis.call('GET', KEYS[1]) or 0) >= tonumber(ARGV[1]) then return 0 end
return redis.call('INCR', KEYS[1])`;
const DOWN = `return redis.call('DECR', KEYS[1])`;

/** Reserve and release, against a counter that goes up and down, while so many leases of others are held. */
export const lease: Measure = {
  name: 'lease',
  against: 'a script that counts up, with its limit, and one that counts down',
  async run(world, size) {
    const results: Result[] = [];
    for (const inFlight of [1, 64]) {
      const held = size.pick([10, 10_000], [10, 1_000, 10_000, 100_000]);
      const ratios: number[] = [];
      for (const leases of held) {
        const result = await measure(world, { inFlight, leases, rounds: size.pick(2, 12), pairs: size.pick(50, 500) });
        results.push(result);
        ratios.push(result.ratio);
      }
      const [few, many] = [ratios[0] ?? Number.NaN, ratios.at(-1) ?? Number.NaN];
      results.push({
        name: `lease, ${inFlight} in flight: the ratio with ${held.at(-1)?.toLocaleString('en')} leases held against ${held[0]}`,
        ours: { value: many, unit: 'ratio' },
        theirs: { value: few, unit: 'ratio' },
        ratio: many / few,
        target: { atLeast: 0.7 },
        note: `${growthPerDecade(held, ratios).toFixed(1)} % each time there are ten times as many`,
      });
    }
    return results;
  },
};

async function measure(
  { redis }: World,
  options: { inFlight: number; leases: number; rounds: number; pairs: number },
): Promise<Result & { readonly ratio: number }> {
  const keys = createKeys(`{lease-${randomUUID()}}`);
  const slots = createSlots(redis, keys);
  await hold(redis, keys.tag, options.leases);
  const counter = `${keys.tag}:counter`;
  const [up, down] = await Promise.all([knowScript(redis, UP), knowScript(redis, DOWN)]);
  // As many users as are in flight, as no tier has more than five leases.
  const users = Array.from({ length: options.inFlight }, () => randomUUID());

  const ours = async (index: number) => {
    const holder = {
      courseId: `course-${index}`,
      userId: users[index % users.length] ?? '',
      generationId: `course-gen-${index}`,
    };
    const limits = { userLimit: 1_000_000, defaultGlobalLimit: 1_000_000, ttlMs: TTL_MS };
    const { outcome } = await slots.reserve({ ...holder, ...limits });
    if (outcome !== 'reserved') throw new Error(outcome);
    await slots.release(holder);
  };
  const theirs = async () => {
    await redis.evalsha(up, 1, counter, 1_000_000);
    await redis.evalsha(down, 1, counter);
  };
  const round = (work: (index: number) => Promise<unknown>) => ({
    round: async () => [(await underLoad(options.pairs, options.inFlight, work)).perSecond],
  });
  const found = await compare({ ours: round(ours), theirs: round(theirs) }, { rounds: options.rounds, warmUps: 2 });
  await forgetKeys(redis, `${keys.tag}*`);
  return {
    name: `lease taken and given back, ${options.inFlight} in flight, ${options.leases.toLocaleString('en')} held`,
    ours: { value: p50p95(found.ours).p50, unit: '/s' },
    theirs: { value: p50p95(found.theirs).p50, unit: '/s' },
    ratio: found.ratio,
    target: { atLeast: 0.5 },
  };
}

/** Leases as `reserve` leaves them, five to a user. */
async function hold(redis: World['redis'], tag: string, count: number): Promise<void> {
  const expiry = Date.now() + TTL_MS;
  for (let from = 0; from < count; from += 5_000) {
    const pipeline = redis.pipeline();
    for (let index = from; index < Math.min(count, from + 5_000); index += 1) {
      const [course, user] = [`held-${index}`, `holder-${Math.floor(index / 5)}`];
      pipeline.zadd(`${tag}:slots`, expiry, course).zadd(`${tag}:slots:user:${user}`, expiry, course);
      pipeline.hset(`${tag}:slots:course:${course}`, { generationId: `g${index}`, userId: user, reservedAtMs: '0' });
    }
    await pipeline.exec();
  }
}
