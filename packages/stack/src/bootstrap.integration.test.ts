import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

let root: string;

/** A clone with nothing installed, and an `npx` that notes how it was called and "installs" a Node. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'megacampus-clone-'));
  mkdirSync(join(root, 'packages/stack/src/cli'), { recursive: true });
  cpSync(join(import.meta.dirname, '../bin'), join(root, 'packages/stack/bin'), { recursive: true });
  writeFileSync(join(root, 'package.json'), JSON.stringify({ devDependencies: { pnpm: '12.21.0' } }));
  for (const name of ['pnpm-lock.yaml', 'pnpm-workspace.yaml']) writeFileSync(join(root, name), '');
  writeFileSync(join(root, 'packages/stack/src/cli/start.ts'), "console.log('started', ...process.argv.slice(2))");
  useNpx(`mkdir -p node_modules/node/bin && ln -sf ${process.execPath} node_modules/node/bin/node
    echo '{}' > node_modules/node/package.json && touch node_modules/.modules.yaml`);
});
afterEach(() => rmSync(root, { recursive: true }));

function useNpx(script: string): void {
  mkdirSync(join(root, 'fake'), { recursive: true });
  writeFileSync(join(root, 'fake/npx'), `#!/bin/sh\necho "$@" >> ${root}/npx.log\n${script}\n`);
  chmodSync(join(root, 'fake/npx'), 0o755);
}

function bootstrap(...words: string[]) {
  const env = { PATH: `${join(root, 'fake')}:${process.env['PATH']}` };
  const script = join(root, 'packages/stack/bin/bootstrap.mjs');
  return spawnSync(process.execPath, [script, ...words], { env, encoding: 'utf8' });
}

const installs = () => readFileSync(join(root, 'npx.log'), 'utf8').trim().split('\n');

test('a bare clone is installed from the lockfile with the pinned pnpm, once', () => {
  expect(bootstrap('start').stdout).toContain('started');
  expect(installs()).toEqual(['--yes pnpm@12.21.0 install --frozen-lockfile']);
  expect(bootstrap('dev', 'more').stdout).toContain('started --dev more');
  expect(installs()).toHaveLength(1);
});

test('a lockfile that is newer than what is installed is installed again', () => {
  bootstrap('start');
  const later = new Date(Date.now() + 10_000);
  utimesSync(join(root, 'pnpm-lock.yaml'), later, later);
  bootstrap('start');
  expect(installs()).toHaveLength(2);
});

test('an install that fails is told as such, with what to do, and nothing is started', () => {
  useNpx('exit 7');
  const { status, stdout, stderr } = bootstrap('start');
  expect(status).toBe(1);
  expect(stderr).toContain('could not be installed (npx ended with 7)');
  expect(stderr).toContain('npx --yes pnpm@12.21.0 install --frozen-lockfile');
  expect(stdout).not.toContain('started');
});

test('the exit code is the one of the program, and an unknown word is refused', () => {
  writeFileSync(join(root, 'packages/stack/src/cli/start.ts'), 'process.exit(5)');
  expect(bootstrap('start').status).toBe(5);
  expect(bootstrap('stop').stderr).toContain('Usage:');
});
