import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@supabase/supabase-js';
import pg from 'pg';
import { expect, test } from 'vitest';
import { type LocalStack, startLocalStack } from './local-stack.ts';
import { isAlive } from './process/child.ts';
import { retireStalePostmaster } from './servers/stale-postmaster.ts';

const start = (dataDir: string, throwAway = false) =>
  startLocalStack({ dataDir, ports: 'free', log: () => undefined, throwAway });

async function query(stack: LocalStack, sql: string): Promise<unknown[]> {
  const db = new pg.Client({ connectionString: stack.databaseUrl });
  await db.connect();
  try {
    return (await db.query(sql)).rows;
  } finally {
    await db.end();
  }
}

/** Real writes to a disk that other tests use as well. */
const TIMEOUT_MS = 120_000;

/** Lets the pid file that a kill has left name another process of the user that Postgres runs as. */
async function takeOverPid(folder: string): Promise<ChildProcess> {
  const { uid, gid } = statSync(folder);
  const stranger = spawn('sleep', ['60'], { uid, gid });
  await once(stranger, 'spawn');
  const file = join(folder, 'postmaster.pid');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(stranger.pid)));
  return stranger;
}

test('a second start on the same folder has the same data and keys, even after a kill', {
  timeout: TIMEOUT_MS,
}, async () => {
  // A private folder (0700), as of a clone under /root: Postgres must still get through as its own user.
  const dataDir = mkdtempSync(join(tmpdir(), 'megacampus-stack-'));
  const first = await start(dataDir);
  await query(first, 'CREATE TABLE public.kept AS SELECT 42 AS answer');
  // Only throw-away stacks may have hashes that are quick to guess.
  const { auth } = createClient(first.supabaseUrl, first.publishableKey, { auth: { persistSession: false } });
  await auth.signUp({ email: 'kept@test.megacampus.test', password: 'correct-horse-battery' });
  const hashes = await query(first, 'SELECT left(encrypted_password, 7) AS cost FROM auth.users');
  expect(hashes).toEqual([{ cost: expect.stringMatching(/^\$2[aby]\$10\$$/) }]);
  process.kill(first.pids.postgres ?? 0, 'SIGKILL');
  await first.stop();
  for (const pid of Object.values(first.pids)) expect(isAlive(pid ?? 0)).toBe(false);
  const stranger = await takeOverPid(join(dataDir, 'postgres'));

  const second = await start(dataDir, true);
  stranger.kill();
  expect(await query(second, 'SELECT answer FROM public.kept')).toEqual([{ answer: 42 }]);
  expect(second.serviceKey).toBe(first.serviceKey);
  expect(second.jwtSecret).toBe(first.jwtSecret);
  await second.stop();
  for (const pid of Object.values(second.pids)) expect(isAlive(pid ?? 0)).toBe(false);
  expect(existsSync(dataDir)).toBe(false);
});

test('a Postgres that a killed run has left behind is ended before a new one starts', {
  timeout: TIMEOUT_MS,
}, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'megacampus-stack-'));
  const stack = await start(dataDir, true);
  await retireStalePostmaster(join(dataDir, 'postgres'));
  expect(isAlive(stack.pids.postgres ?? 0)).toBe(false);
  await stack.stop();
});
