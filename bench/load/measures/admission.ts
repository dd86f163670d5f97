import type { Measure, Result, Size } from '../measure.ts';
import { type Comparison, compare, oneByOne, p50p95, type Side, underLoad } from '../rounds.ts';
import type { World } from '../world.ts';
import { type Ask, admit, asksOf, verifierOf } from './admission-sides.ts';
import { bareParts } from './bare-parts.ts';
import { fiveCalls } from './five-calls.ts';

const PER_PERSON = 5;

/** Admissions by a few persons, five courses each, put back after every round. */
async function prepare(world: World, size: Size, options: { readonly restOnly?: boolean } = {}) {
  const persons = await Promise.all(Array.from({ length: size.pick(2, 8) }, () => world.person('PREMIUM', PER_PERSON)));
  const deps = world.orchestrator(options);
  const asks = asksOf(persons, PER_PERSON);
  const tidy = (...queues: { drain(delayed: boolean): Promise<unknown> }[]) =>
    Promise.all([world.tidy(deps), ...queues.map((queue) => queue.drain(true))]);
  return { deps, asks, tidy, core: admit(deps, verifierOf(world)) };
}

const inTurn = (asks: readonly Ask[], work: (ask: Ask) => Promise<void>, after: Side['after']): Side => ({
  round: () => oneByOne(asks.length, (index) => work(asks[index] as Ask)),
  ...(after ? { after } : {}),
});

const IN_FLIGHT = 16;

const atOnce = (asks: readonly Ask[], work: (ask: Ask) => Promise<void>, after: Side['after']): Side => ({
  round: async () => [(await underLoad(asks.length, IN_FLIGHT, (index) => work(asks[index] as Ask))).perSecond],
  ...(after ? { after } : {}),
});

const latency = (found: Comparison, name: string, ratio: number, target: Result['target']): Result => {
  const [ours, theirs] = [p50p95(found.ours), p50p95(found.theirs)];
  return {
    name,
    ours: { value: ours.p50, p95: ours.p95, unit: 'ms' },
    theirs: { value: theirs.p50, p95: theirs.p95, unit: 'ms' },
    ratio,
    target,
  };
};

export const admissionParts: Measure = {
  name: 'admission-parts',
  against: 'the sum of its parts (verify, load, lease, add, RPC) issued bare',
  async run(world, size) {
    const against = async (way: 'straight' | 'rest') => {
      const { asks, core, tidy } = await prepare(world, size, { restOnly: way === 'rest' });
      const bare = await bareParts(world, way);
      const after = () => tidy(bare.queue);
      const sides = { ours: inTurn(asks, core, after), theirs: inTurn(asks, bare.admitBare, after) };
      return await compare(sides, { rounds: size.pick(2, 16) });
    };
    const [straight, rest] = [await against('straight'), await against('rest')];
    const name = 'admission core, p50, against its bare parts';
    return [
      latency(straight, name, straight.ratio, { atMost: 1.3 }),
      latency(rest, `${name}, both through the REST API`, rest.ratio, { atMost: 1.3 }),
    ];
  },
};

export const admissionPlain: Measure = {
  name: 'admission-plain',
  against: 'the plain five calls: getUser, select, counter script, add, rpc',
  async run(world, size) {
    const straight = await againstPlain(world, size, { restOnly: false });
    const rest = await againstPlain(world, size, { restOnly: true });
    return [...plainLines(straight, ''), ...plainLines(rest, ', ours through the REST API too')];
  },
};

async function againstPlain(world: World, size: Size, options: { readonly restOnly: boolean }) {
  const { asks, core, tidy } = await prepare(world, size, options);
  const plain = fiveCalls(world);
  const after = () => tidy(plain.queue);
  const alone = await compare(
    { ours: inTurn(asks, core, after), theirs: inTurn(asks, plain.admitPlainly, after) },
    { rounds: size.pick(2, 16) },
  );
  const many = await compare(
    { ours: atOnce(asks, core, after), theirs: atOnce(asks, plain.admitPlainly, after) },
    { rounds: size.pick(2, 16) },
  );
  return { alone, many };
}

function plainLines({ alone, many }: Awaited<ReturnType<typeof againstPlain>>, how: string): Result[] {
  const name = `admission core, admissions a second with ${IN_FLIGHT} in flight, against the plain five calls${how}`;
  return [
    latency(alone, `admission core, p50, against the plain five calls${how}`, 1 / alone.ratio, { atLeast: 1.25 }),
    {
      name,
      ours: { value: p50p95(many.ours).p50, unit: '/s' },
      theirs: { value: p50p95(many.theirs).p50, unit: '/s' },
      ratio: many.ratio,
      target: { atLeast: 1.25 },
    },
  ];
}
