import { Redis } from 'ioredis';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { borrowStack } from './own-stack.ts';
import { createCourse, signUp } from './users.ts';

async function connect(databaseUrl: string, redisUrl: string) {
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  const redis = new Redis(redisUrl);
  onTestFinished(async () => {
    await database.end();
    redis.disconnect();
  });
  const contents = async () => {
    const rows = await database.query(
      `SELECT (SELECT count(*)::int FROM auth.users) AS users, (SELECT count(*)::int FROM courses) AS courses,
         (SELECT json_agg(t ORDER BY t.tier) FROM tier_policies t) AS tiers, (SELECT json_agg(s) FROM settings s) AS settings`,
    );
    return { ...rows.rows[0], keys: await redis.dbsize() };
  };
  return { database, redis, contents };
}

test('a stack that is given back is lent again as it was at first', async () => {
  const first = await borrowStack();
  const { database, redis, contents } = await connect(first.databaseUrl, first.redisUrl);
  const before = await contents();
  const user = await signUp(first, 'PREMIUM');
  await createCourse(first, user);
  await database.query('UPDATE tier_policies SET weight = weight + 1');
  await redis.set('left', 'behind');
  expect(await contents()).not.toEqual(before);
  await first.stop();
  const second = await borrowStack();
  expect(second.databaseUrl).toBe(first.databaseUrl);
  expect(await contents()).toEqual(before);
  const again = await signUp(second);
  await createCourse(second, again);
  await second.stop();
});
