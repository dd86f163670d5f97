import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const main = join(import.meta.dirname, 'main.ts');
const bench = (...args: string[]) => promisify(execFile)(process.execPath, [main, ...args]);

test('--json prints one object with both sides, their ratio and whether it is enough, and nothing else', async () => {
  const { stdout } = await bench('--quick', '--json', '--only', 'admission-parts', '--only', 'lease');
  const { measures } = JSON.parse(stdout);
  expect(measures).toHaveLength(2 + 2 * 3);
  for (const { name, ours, theirs, ratio, target, pass } of measures) {
    expect(name).toMatch(/admission core|lease/);
    for (const side of [ours, theirs]) expect(side.value).toBeGreaterThan(0);
    expect(ratio).toBeGreaterThan(0);
    expect(pass).toBe('atLeast' in target ? ratio >= target.atLeast : ratio <= target.atMost);
  }
}, 180_000);

test('a measure that does not exist is an error that names those that do', async () => {
  const failure = await bench('--only', 'nothing').catch((err: { code: number; stderr: string }) => err);
  expect(failure).toMatchObject({ code: 1, stderr: expect.stringContaining('admission-plain') });
});
