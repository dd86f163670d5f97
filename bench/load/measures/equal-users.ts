import { tierPolicy } from '@megacampus/domain/tiers';
import { LESSONS_QUEUED } from '@megacampus/orchestrator/advance';
import { waitFor } from '@megacampus/test-kit/wait-for';
import type { Result, Size } from '../measure.ts';
import { spawnWorker } from '../processes/spawn.ts';
import { median } from '../statistics.ts';
import type { Person, World } from '../world.ts';
import { admit, asksOf, verifierOf } from './admission-sides.ts';
import { workerEnv } from './worker-env.ts';

const CONCURRENCY = 4;
const LESSON_MS = 200;
/** Lessons of the course that is timed; those beside it are long. */
const SHORT = 8;
const TIMEOUT_MS = 180_000;

interface Times {
  /** Until the first job has begun, and until the course is done; in seconds. */
  readonly begun: number;
  readonly done: number;
}

/**
 * One worker and two users of one tier. One has as many long courses in flight as the tier admits, and starts each anew when
 * it ends; the other has one short one. What that one takes, against what it takes alone.
 */
export async function equalUsers(world: World, size: Size): Promise<Result[]> {
  const atOnce = tierPolicy('PREMIUM').concurrentGenerations;
  const [flooder, other] = [await world.person('PREMIUM', atOnce), await world.person('PREMIUM', 1)];
  const long = size.pick(40, 100);
  for (const [{ userId }, lessons] of [
    [flooder, long],
    [other, SHORT],
  ] as const) {
    const shape = 'UPDATE public.courses SET estimated_sections = 2, estimated_lessons = $1 WHERE user_id = $2';
    await world.sql(shape, [lessons, userId]);
  }
  const deps = world.orchestrator();
  const task = { env: workerEnv(world, CONCURRENCY), tag: deps.keys.tag, analyzeMs: 0, lessonMs: LESSON_MS };
  const worker = await spawnWorker(world, task);
  const generate = generator(world, deps);

  await generate(other, 0);
  const alone: Times[] = [];
  for (let time = 0; time < size.pick(2, 3); time += 1) alone.push(await generate(other, 0));

  const over = new AbortController();
  const flood = Promise.all(
    Array.from({ length: atOnce }, async (_, course) => {
      while (!over.signal.aborted) await generate(flooder, course, over.signal);
    }),
  );
  flood.catch(() => undefined);
  await waitFor(async () => (await writingLessons(world, flooder)) === atOnce, {
    timeoutMs: TIMEOUT_MS,
    what: 'the flood',
  });
  const beside: Times[] = [];
  for (let time = 0; time < size.pick(1, 3); time += 1) beside.push(await generate(other, 0));
  over.abort();
  await flood;
  await worker.stop();
  await world.tidy(deps);

  const line = (of: keyof Times): Pick<Result, 'ours' | 'theirs' | 'ratio'> => {
    const [ours = 0, theirs = 0] = [beside, alone].map((times) => median(times.map((one) => one[of])));
    return { ours: { value: ours, unit: 's' }, theirs: { value: theirs, unit: 's' }, ratio: ours / theirs };
  };
  const what = `beside a user of the same tier with ${atOnce} in flight, against alone`;
  const shape = `${SHORT} lessons, the others ${long} each, of ${LESSON_MS / 1_000} s, ${CONCURRENCY} at once`;
  return [
    { name: `from the click until the first job begins, ${what}`, ...line('begun'), target: null, note: shape },
    {
      name: `a whole course ${what}`,
      ...line('done'),
      target: null,
      note: `${shape}; each of its stages waits for at most ${atOnce} × ${LESSONS_QUEUED} jobs, however long the others are`,
    },
  ];
}

/** Admits one of a person's courses and follows it in the database until it is done, or `signal` is aborted. */
function generator(world: World, deps: ReturnType<World['orchestrator']>) {
  const core = admit(deps, verifierOf(world));
  return async (person: Person, course: number, signal?: AbortSignal): Promise<Times> => {
    const courseId = person.courseIds[course] ?? '';
    const [ask] = asksOf([{ ...person, courseIds: [courseId] }], 1);
    if (ask === undefined) throw new Error('The person has no such course');
    const reaches = async (hasIt: (status: string) => boolean) => {
      const read = async () => {
        const [row] = await world.sql('SELECT generation_status FROM public.courses WHERE id = $1', [courseId]);
        return signal?.aborted || hasIt(String(row?.['generation_status']));
      };
      await waitFor(read, { timeoutMs: TIMEOUT_MS, what: 'the course' });
      return (performance.now() - startedAt) / 1_000;
    };
    const startedAt = performance.now();
    await core(ask);
    const begun = await reaches((status) => status !== 'initializing');
    return { begun, done: await reaches((status) => status === 'completed') };
  };
}

async function writingLessons(world: World, { userId }: Person): Promise<number> {
  const count = `SELECT count(*)::int AS n FROM public.courses WHERE user_id = $1 AND generation_status = 'generating_content'`;
  return Number((await world.sql(count, [userId]))[0]?.['n']);
}
