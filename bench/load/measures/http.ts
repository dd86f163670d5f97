import type { Measure, Result } from '../measure.ts';
import { type Comparison, compare, p50p95, type Side, underLoad } from '../rounds.ts';
import { percentile, ratioOfRounds } from '../statistics.ts';
import { webUrl } from '../web.ts';
import { asksOf } from './admission-sides.ts';

const CLIENTS = 16;
const PER_PERSON = 5;

/**
 * POST /api/coursegen/generate through Next against an empty route of the same build, by the same clients. Once as
 * admissions, which wait for the database, and once with a forged token, for which only Redis is asked: that shows what our
 * own code adds to Next's. Most of that is what Next takes to read a body and to answer with one, which an empty route does not,
 * so the same once more against a route that does.
 */
export const http: Measure = {
  name: 'http',
  against: 'an empty POST route in the same app',
  async run(world, size) {
    const url = await webUrl(world);
    const persons = await Promise.all(
      Array.from({ length: size.pick(4, 8) }, () => world.person('PREMIUM', PER_PERSON)),
    );
    const asks = asksOf(persons, PER_PERSON);
    // The web app's own keys, to put its queue and leases back.
    const deps = world.orchestrator({ production: true });

    const post = async (path: string, token: string, body: unknown, status: number) => {
      const response = await fetch(url + path, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      const text = await response.text();
      if (response.status !== status) throw new Error(`${path} answered ${response.status}: ${text}`);
    };
    const requests = size.pick(200, 800);
    const token = asks[0]?.token ?? '';
    const forged = `${token.slice(0, -6)}AAAAAA`;
    const body = (index: number) => ({ courseId: asks[index % asks.length]?.courseId });
    const admitted = load(asks.length, (index) =>
      post('/api/coursegen/generate', asks[index]?.token ?? '', body(index), 200),
    );
    const bare = (path: string, count: number) => load(count, (index) => post(path, token, body(index), 200));
    const refused = load(requests, (index) => post('/api/coursegen/generate', forged, body(index), 401));

    const own = await both(refused, bare('/api/empty', requests), size.pick(3, 10));
    const ownOfJson = await both(refused, bare('/api/echo', requests), size.pick(3, 10));
    const whole = await both(admitted, bare('/api/empty', asks.length), size.pick(4, 16), () => world.tidy(deps));
    return [
      ...lines(
        'POST through Next, our own code (a forged token is refused)',
        own,
        'only Redis is asked, for the limit on tries',
      ),
      ...lines(
        'POST through Next, our own code, against a route that reads a JSON body and answers with it',
        ownOfJson,
        'the same; what Next itself takes for the two bodies is on both sides',
      ),
      ...lines(
        'POST through Next, admitted',
        whole,
        'two statements, one script and one job each, on the cores that serve it, limit',
      ),
    ];
  },
};

/** Two numbers a round: requests a second, and the 95th percentile in ms. */
const load =
  (count: number, work: (index: number) => Promise<unknown>) => async (): Promise<readonly [number, number]> => {
    const { perSecond, tookMs } = await underLoad(count, CLIENTS, work);
    return [perSecond, percentile(tookMs, 0.95)];
  };

type Round = ReturnType<typeof load>;

interface Both {
  readonly rate: Comparison;
  readonly p95: { readonly ours: number; readonly theirs: number; readonly ratio: number };
}

async function both(ours: Round, theirs: Round, rounds: number, after?: Side['after']): Promise<Both> {
  const p95s = { ours: [] as number[], theirs: [] as number[] };
  const side = (name: 'ours' | 'theirs', work: Round, tidy?: Side['after']): Side => ({
    async round() {
      const [perSecond, p95] = await work();
      p95s[name].push(p95);
      return [perSecond];
    },
    ...(tidy ? { after: tidy } : {}),
  });
  const rate = await compare({ ours: side('ours', ours, after), theirs: side('theirs', theirs) }, { rounds });
  const [oursMs, theirsMs] = [p95s.ours.slice(-rounds), p95s.theirs.slice(-rounds)];
  const middle = (values: readonly number[]) => percentile(values, 0.5);
  return { rate, p95: { ours: middle(oursMs), theirs: middle(theirsMs), ratio: ratioOfRounds(theirsMs, oursMs) } };
}

function lines(name: string, { rate, p95 }: Both, note: string): Result[] {
  return [
    {
      name: `${name}, requests a second with ${CLIENTS} clients`,
      ours: { value: p50p95(rate.ours).p50, unit: '/s' },
      theirs: { value: p50p95(rate.theirs).p50, unit: '/s' },
      ratio: rate.ratio,
      target: { atLeast: 0.7 },
      note,
    },
    {
      name: `${name}, p95`,
      ours: { value: p95.ours, unit: 'ms' },
      theirs: { value: p95.theirs, unit: 'ms' },
      ratio: p95.ratio,
      target: { atLeast: 0.7 },
      note: 'ratio of speeds, theirs ÷ ours',
    },
  ];
}
