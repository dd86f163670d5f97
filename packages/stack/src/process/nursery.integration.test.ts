import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { isAlive } from './child.ts';
import { createNursery } from './nursery.ts';

const node = process.execPath;

test('a child that ignores SIGTERM, a frozen one and a grandchild are all ended', async () => {
  const lines: string[] = [];
  const nursery = createNursery((_source, line) => lines.push(line));
  const stopTimeoutMs = 200;
  const deaf = "process.on('SIGTERM', () => {}); console.log('deaf'); setInterval(() => {}, 1000)";
  const parent = `const { pid } = require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    console.log('grandchild', pid)`;
  await nursery.spawn({ name: 'deaf', command: node, args: ['-e', deaf], stopTimeoutMs });
  const frozen = await nursery.spawn({ name: 'frozen', command: node, args: ['-e', 'setInterval(() => {}, 1000)'] });
  frozen.signal('SIGSTOP');
  const owner = await nursery.spawn({ name: 'parent', command: node, args: ['-e', parent], stopTimeoutMs });
  await expect.poll(() => lines.length).toBe(2);
  const grandchild = Number(lines.join(' ').match(/grandchild (\d+)/)?.[1]);
  expect(isAlive(grandchild)).toBe(true);
  await nursery.close();
  for (const pid of [frozen.pid, owner.pid]) expect(isAlive(pid)).toBe(false);
  // Its parent is gone, so it is init that must notice its end.
  await expect.poll(() => isAlive(grandchild), { timeout: 10_000 }).toBe(false);
});

test('when the owner is killed, its children end and its folder goes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'megacampus-nursery-'));
  const owner = `
    import { createNursery } from '${join(import.meta.dirname, 'nursery.ts')}';
    const nursery = createNursery(() => {});
    nursery.removeAtEnd(${JSON.stringify(folder)});
    const child = await nursery.spawn({ name: 'c', command: process.execPath, args: ['-e', 'setInterval(() => {}, 1000)'] });
    console.log(child.pid);
    setInterval(() => {}, 1000);`;
  const process_ = spawn(node, ['--input-type=module', '-e', owner], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: process_.stdout }), 'line');
  const child = Number(line);
  expect(isAlive(child)).toBe(true);
  process_.kill('SIGKILL');
  await expect.poll(() => isAlive(child), { timeout: 10_000 }).toBe(false);
  await expect.poll(() => existsSync(folder), { timeout: 10_000 }).toBe(false);
});

test('nothing is started once it is being closed', async () => {
  const nursery = createNursery(() => undefined);
  await nursery.close();
  await expect(nursery.spawn({ name: 'late', command: node, args: [] })).rejects.toThrow('late was not started');
});
