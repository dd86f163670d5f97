import type { Measure, Outcome } from '../measure.ts';
import { admit, asksOf, verifierOf } from '../measures/admission-sides.ts';
import { compare, oneByOne } from '../rounds.ts';
import { median, percentile } from '../statistics.ts';
import type { World } from '../world.ts';
import { flat } from './flat.ts';

const COURSES_PER_USER = 5;

/**
 * Admissions in a database of so many courses, each with a completed generation. What is compared over the sizes is the
 * ratio to a read of one row that was timed in between, since the machine may have changed between them.
 */
export const manyCourses: Measure = {
  name: 'growth-courses',
  against: 'a database with one course',
  async run(world, size): Promise<Outcome> {
    const counts = size.pick([1, 10_000], [1, 100, 1_000, 10_000, 100_000]);
    const asks = asksOf([await world.person('PREMIUM', 5)], 5);
    const deps = world.orchestrator();
    const core = admit(deps, verifierOf(world));
    const found = [];
    let made = 0;
    for (const count of counts) {
      await addMore(world, count - made);
      made = count;
      const admitted = {
        round: () => oneByOne(asks.length, (index) => core(asks[index] as (typeof asks)[number])),
        after: () => world.tidy(deps),
      };
      const reading = { round: () => oneByOne(10, () => readOneRow(world)) };
      const both = await compare({ ours: admitted, theirs: reading }, { rounds: size.pick(4, 16), warmUps: 2 });
      found.push({ ...both, mb: await databaseMb(world) });
    }
    await world.sql("DELETE FROM auth.users WHERE email LIKE '%@many.bench.test'");
    const chart = { xName: 'courses', xs: counts };
    return {
      results: [
        flat(
          'admission core, in reads of one row,',
          'courses',
          counts,
          found.map(({ ratio }) => ratio),
          'ratio',
        ),
      ],
      charts: [
        {
          ...chart,
          file: 'speed-courses',
          title: 'Admission in a database of many courses',
          yName: 'ms',
          series: [
            { name: 'admission, p50', values: found.map(({ ours }) => median(ours.all)) },
            { name: 'admission, p95', values: found.map(({ ours }) => percentile(ours.all, 0.95)) },
            { name: 'a read of one row, p50', values: found.map(({ theirs }) => median(theirs.all)) },
          ],
        },
        {
          ...chart,
          file: 'speed-courses-memory',
          title: 'Size of the database',
          yName: 'MB',
          series: [{ name: 'Postgres', values: found.map(({ mb }) => mb) }],
        },
      ],
    };
  },
};

async function readOneRow({ client }: World): Promise<void> {
  const { error } = await client.from('tier_policies').select('tier').limit(1);
  if (error !== null) throw error;
}

/** Users of five courses each, every course with a generation that has ended. */
async function addMore(world: World, count: number): Promise<void> {
  if (count <= 0) return;
  await world.sql(
    `WITH made AS (
       INSERT INTO auth.users (id, email) SELECT gen_random_uuid(), gen_random_uuid() || '@many.bench.test'
       FROM generate_series(1, ceil($1::numeric / $2)::integer) RETURNING id
     ), courses AS (
       INSERT INTO public.courses (user_id, title)
       SELECT id, 'One of many courses' FROM made, generate_series(1, $2) LIMIT $1 RETURNING id, user_id
     )
     INSERT INTO public.generations (id, course_id, user_id, tier, weight, status, brief)
     SELECT 'course-gen-' || gen_random_uuid(), id, user_id, 'FREE', 1, 'completed', '{}' FROM courses`,
    [count, COURSES_PER_USER],
  );
  await world.sql('ANALYZE');
}

async function databaseMb({ sql }: World): Promise<number> {
  const [row] = await sql('SELECT pg_database_size(current_database())::float8 / 1048576 AS mb');
  return Number(row?.['mb']);
}
