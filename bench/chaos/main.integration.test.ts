import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Small ones, in one world, which leaves the machine to other tests: it takes 15 s to start, an episode 5 to 12 s. */
const EPISODES = 24;
const SMALL = ['--courses', '3'];

async function chaos(...args: string[]) {
  const child = execFile(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args]);
  const output = { stdout: '', stderr: '' };
  child.stdout?.on('data', (text) => {
    output.stdout += text;
  });
  child.stderr?.on('data', (text) => {
    output.stderr += text;
  });
  const { promise: ended, resolve } = Promise.withResolvers<number | null>();
  child.once('close', (code) => resolve(code));
  return { child, output, ended };
}

test('after episodes with a fixed seed nothing is lost, duplicated, leaked or over-admitted', {
  timeout: 600_000,
}, async ({ annotate }) => {
  const { output, ended } = await chaos('--json', '--seed', 'npm-test', '--episodes', String(EPISODES), ...SMALL);
  const code = await ended;
  await annotate(output.stderr);
  expect(JSON.parse(output.stdout), output.stderr).toEqual({
    ...{ episodes: EPISODES, faults: expect.any(Number), admitted: expect.any(Number) },
    ...{ lost: 0, duplicated: 0, leaked: 0, overAdmitted: 0, recoveryMs: expect.any(Object) },
  });
  expect(JSON.parse(output.stdout).faults).toBeGreaterThan(EPISODES / 2);
  expect(JSON.parse(output.stdout).admitted).toBeGreaterThan(EPISODES);
  expect(code, output.stderr).toBe(0);
});

/** One fault: after 0.8 s Postgres stands still for 7 s. */
const FROZEN = ['--seed', 'frozen', '--episode', '305', '--courses', '2'];

test('told twice to end while its Postgres is frozen, it leaves no process and no data behind', {
  timeout: 200_000,
}, async () => {
  const before = new Set(folders());
  const { child, output, ended } = await chaos(...FROZEN);
  await expect.poll(() => output.stderr, { timeout: 150_000 }).toContain('seed frozen');
  const own = () => folders().filter((name) => !before.has(name));
  const isFrozen = () =>
    child.exitCode !== null || own().some((name) => existingPids(name).filter(isStopped).length > 1);
  await expect.poll(isFrozen, { timeout: 150_000 }).toBe(true);
  expect(child.exitCode, output.stderr).toBeNull();
  const mine = own();
  child.kill('SIGINT');
  await expect.poll(() => output.stderr).toContain('Ending after this episode');
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  await expect.poll(() => mine.flatMap(existingPids), { timeout: 20_000 }).toEqual([]);
  await expect.poll(() => own(), { timeout: 20_000 }).toEqual([]);
});

const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('megacampus-chaos-data-'));

/** Processes that have the folder's name in their command line or working directory. Linux only. */
function existingPids(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return command.includes(folder) || readlinkSync(`/proc/${pid}/cwd`).includes(folder);
      } catch {
        return false;
      }
    })
    .map(Number);
}

function isStopped(pid: number): boolean {
  try {
    return /^State:\tT/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
