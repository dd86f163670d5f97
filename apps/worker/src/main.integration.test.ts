import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { freePort } from '@megacampus/stack/ports';
import { startRedis } from '@megacampus/test-kit/servers';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { expect, test } from 'vitest';
import { useOwnStack } from './testing/own-stack.ts';

const stack = useOwnStack();
const main = new URL('./main.ts', import.meta.url).pathname;

function startMain(env: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function enough(): Promise<Record<string, string>> {
  const { supabaseUrl, serviceKey, redisUrl } = stack();
  return {
    REDIS_URL: redisUrl,
    SUPABASE_URL: supabaseUrl,
    SUPABASE_SECRET_KEY: serviceKey,
    ADMIN_PORT: String(await freePort()),
    NODE_ENV: 'production',
  };
}

test('a bad configuration ends the process at the start, with every problem named', async () => {
  const child = startMain({ GLOBAL_CONCURRENCY_LIMIT: 'unlimited' });
  const [stderr, [code]] = await Promise.all([text(child.stderr as NodeJS.ReadableStream), once(child, 'exit')]);
  expect(code).not.toBe(0);
  for (const name of ['REDIS_URL', 'SUPABASE_URL', 'GLOBAL_CONCURRENCY_LIMIT']) expect(stderr).toContain(name);
});

test('the process takes jobs, and ends with 0 when asked to', async () => {
  const child = startMain(await enough());
  let output = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  await waitFor(() => output.includes('worker takes jobs'), { timeoutMs: 25_000 }).catch(() => {
    throw new Error(`The worker did not start:\n${output}`);
  });
  child.kill('SIGTERM');
  expect((await once(child, 'exit'))[0]).toBe(0);
  expect(output).toContain('shut down');
});

test('a second signal ends a shutdown that hangs, at once', async () => {
  const redis = await startRedis();
  const child = startMain({ ...(await enough()), REDIS_URL: redis.url });
  try {
    let output = '';
    child.stdout?.on('data', (chunk) => {
      output += chunk;
    });
    await waitFor(() => output.includes('worker takes jobs'), { timeoutMs: 25_000 }).catch(() => {
      throw new Error(`The worker did not start:\n${output}`);
    });
    redis.freeze();
    child.kill('SIGTERM');
    await waitFor(() => output.includes('shutting down'));
    const askedAt = performance.now();
    child.kill('SIGTERM');
    expect((await once(child, 'exit'))[0]).toBe(1);
    expect(performance.now() - askedAt).toBeLessThan(1_000);
  } finally {
    child.kill('SIGKILL');
    redis.unfreeze();
    await redis.close();
  }
});
