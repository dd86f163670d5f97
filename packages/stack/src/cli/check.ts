/** `pnpm check`: everything that can be found out without running the product. Runs all checks, then says which failed. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryDir } from '../paths.ts';
import { SECRET_SCAN } from '../secret-scan.ts';
import { bin, runProgram } from './run.ts';

interface Check {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
}

const web = join(repositoryDir, 'apps/web');
const here = (name: string) => join(import.meta.dirname, name);

const colors = process.stdout.isTTY ? [] : ['--colors=off'];

const folders = ['apps', 'packages', 'bench'].filter((name) => existsSync(join(repositoryDir, name)));

const CHECKS: readonly Check[] = [
  { name: 'format and lint', command: bin('biome'), args: ['ci', '--error-on-warnings', ...colors, '.'] },
  { name: 'types of packages and worker', command: bin('tsc'), args: ['--noEmit', '-p', 'tsconfig.json'] },
  { name: 'route types of the web app', command: bin('next', web), args: ['typegen'], cwd: web },
  { name: 'types of the web app', command: bin('tsc'), args: ['--noEmit', '-p', 'apps/web/tsconfig.json'] },
  {
    name: 'import cycles and direction',
    command: bin('depcruise'),
    args: ['--config', '.dependency-cruiser.mjs', ...folders],
  },
  { name: 'unused code', command: bin('knip'), args: ['--no-progress'] },
  { name: 'secrets in the sources', ...SECRET_SCAN },
  { name: 'known holes in dependencies', command: process.execPath, args: [here('audit.ts')] },
  { name: 'fresh database types', command: process.execPath, args: [here('db-types.ts'), '--check'] },
];

const failed: string[] = [];
for (const { name, command, args, cwd = repositoryDir } of CHECKS) {
  const startedAt = Date.now();
  console.log(`\n— ${name}`);
  const code = await runProgram(command, args, { cwd, env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' } });
  console.log(`${code === 0 ? 'ok' : 'FAILED'} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
  if (code !== 0) failed.push(name);
}
console.log(failed.length === 0 ? `\nAll ${CHECKS.length} checks passed.` : `\nFailed: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
