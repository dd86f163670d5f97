import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { createKeys } from '@megacampus/queue/keys';
import { createSlots } from '@megacampus/queue/slots';
import { expect, test } from 'vitest';
import { createLab } from './testing/lab.ts';
import { useOwnStack } from './testing/own-stack.ts';

const stack = useOwnStack();

async function slotsCommand(...args: string[]): Promise<string> {
  const { redisUrl, supabaseUrl, serviceKey } = stack();
  const env = {
    PATH: process.env['PATH'],
    REDIS_URL: redisUrl,
    SUPABASE_URL: supabaseUrl,
    SUPABASE_SECRET_KEY: serviceKey,
  };
  const file = new URL('./slots-cli.ts', import.meta.url).pathname;
  return (await promisify(execFile)(process.execPath, [file, ...args], { env })).stdout;
}

test('shows what is held and what is in flight, and sets the limit in the database and in Redis', {
  timeout: 60_000,
}, async () => {
  await using lab = await createLab(stack());
  const slots = createSlots(lab.deps.producer, createKeys());
  const leaked = { courseId: randomUUID(), userId: randomUUID(), generationId: `course-gen-${randomUUID()}` };
  await slots.reserve({ ...leaked, userLimit: 1, defaultGlobalLimit: 3, ttlMs: 60_000 });
  // Admitted under the keys of this test: for the command, which has the real ones, its slot is lost.
  const { generationId } = await lab.admit();

  const shown = await slotsCommand();
  expect(shown).toContain('Slots held: 1 of 3 (default)');
  expect(shown).toMatch(new RegExp(`${leaked.generationId} .* not in the database`));
  expect(shown).toMatch(new RegExp(`${generationId} .* yes`));

  const limited = await slotsCommand('--limit', '7');
  expect(limited).toContain('of 7 (set by an admin)');
  expect(await lab.deps.store.globalLimit()).toBe(7);
  expect(await slots.getGlobalLimit()).toBe(7);
  await expect(slotsCommand('--limit', '10001')).rejects.toThrow('--limit takes a whole number from 1 to 10000');

  const reconciled = await slotsCommand('--reconcile');
  expect(reconciled).toContain('jobsRestored: 1');
  expect((await slots.list()).map((lease) => lease.generationId)).toContain(generationId);
  await slots.release(leaked);
});
