import { reportProgress } from '@megacampus/orchestrator/report';
import { closeRedis, createSubscriberRedis } from '@megacampus/queue/connections';
import { openEvents } from '../../../apps/web/testing/open-events.ts';
import type { Measure } from '../measure.ts';
import { compare, p50p95, type Side } from '../rounds.ts';
import { percentile } from '../statistics.ts';
import { webUrl } from '../web.ts';
import { type Ask, admit, asksOf, verifierOf } from './admission-sides.ts';

const LIMIT_MS = 100;
const nowMs = () => performance.timeOrigin + performance.now();

/**
 * From the time that the database notes with a change until a client of the event stream has it, which is a little
 * more than from its commit; against a message through Redis.
 */
export const progress: Measure = {
  name: 'progress',
  against: 'a Redis publish and receive',
  async run(world, size) {
    const url = await webUrl(world);
    const person = await world.person('PREMIUM', 1);
    const [ask] = asksOf([person], 1);
    const deps = world.orchestrator({ production: true });
    await world.tidy(deps);
    await admit(deps, verifierOf(world))(ask as Ask);
    const [course] = await world.sql('SELECT slug, generation_id FROM public.courses WHERE id = $1', [ask?.courseId]);
    const stream = await openEvents(`${url}/api/courses/${course?.['slug']}/events`, person.accessToken);
    world.defer(() => stream.close());

    let change = 0;
    const oneChange = async () => {
      change += 1;
      const message = `change ${change}`;
      const arrived = stream.until(({ data }) => data?.generationProgress?.message === message);
      await reportProgress(deps, {
        courseId: ask?.courseId ?? '',
        generationId: String(course?.['generation_id']),
        stepId: 2,
        status: 'in_progress',
        message,
      });
      const { data } = await arrived;
      return nowMs() - Date.parse(data.updatedAt);
    };
    const changes = size.pick(25, 50);
    const ours: Side = { round: () => inTurn(changes, oneChange) };

    const subscriber = createSubscriberRedis(world.stack.redisUrl, { log: world.log, name: 'bench-receive' });
    world.defer(() => closeRedis(subscriber));
    await subscriber.subscribe('bench');
    const onePublish = async () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      subscriber.once('message', () => resolve());
      const startedAt = performance.now();
      await world.redis.publish('bench', 'change');
      await promise;
      return performance.now() - startedAt;
    };
    const found = await compare(
      { ours, theirs: { round: () => inTurn(changes, onePublish) } },
      { rounds: size.pick(3, 10) },
    );
    await world.tidy(deps);
    const [ours95, theirs95] = [percentile(found.ours.all, 0.95), p50p95(found.theirs).p95];
    return [
      {
        name: `progress: the database's change until the event is there, p95 (the target is ${LIMIT_MS} ms)`,
        ours: { value: ours95, unit: 'ms' },
        theirs: { value: theirs95, unit: 'ms' },
        ratio: ours95 / LIMIT_MS,
        target: { atMost: 1 },
        note: `median ${p50p95(found.ours).p50.toFixed(1)} ms; the ratio is to ${LIMIT_MS} ms`,
      },
    ];
  },
};

async function inTurn(count: number, work: () => Promise<number>): Promise<number[]> {
  const found: number[] = [];
  for (let index = 0; index < count; index += 1) found.push(await work());
  return found;
}
