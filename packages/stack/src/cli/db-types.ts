/**
 * `pnpm db:types`: writes the TypeScript types of the database that the migrations make. With `--check` it only
 * tells whether they are up to date.
 */
import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startDatabase } from '../local-stack.ts';
import { repositoryDir } from '../paths.ts';
import { freePort } from '../ports.ts';
import { createNursery } from '../process/nursery.ts';
import { startOnce } from '../process/service.ts';
import { bin } from './run.ts';

const TYPES = join(repositoryDir, 'packages/db/src/database.types.ts');
const stackDir = join(repositoryDir, 'packages/stack');

const fresh = format(await generate());
const current = existsSync(TYPES) ? readFileSync(TYPES, 'utf8') : '';
if (fresh === current) {
  console.log('The database types are up to date.');
} else if (process.argv.includes('--check')) {
  console.error('packages/db/src/database.types.ts does not match the migrations: run "pnpm db:types" and commit it.');
  process.exitCode = 1;
} else {
  writeFileSync(TYPES, fresh);
  console.log('packages/db/src/database.types.ts is written.');
}

async function generate(): Promise<string> {
  const nursery = createNursery(() => undefined);
  const dataDir = mkdtempSync(join(tmpdir(), 'megacampus-types-'));
  chmodSync(dataDir, 0o711);
  nursery.removeAtEnd(dataDir);
  try {
    const ports = { postgres: await freePort(), supabase: await freePort(), redis: 0 };
    const place = { dataDir, ports, durable: false, nursery, keep: startOnce, log: () => undefined };
    const { addresses } = await startDatabase(place);
    const args = ['gen', 'types', '--lang', 'typescript', '--schema', 'public', '--db-url', addresses.databaseUrl];
    // It keeps a telemetry file in the home folder, whatever it is told.
    const quiet = { SUPABASE_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', HOME: dataDir };
    const env = { ...process.env, ...quiet, PGSSLMODE: 'disable', NO_COLOR: '1' };
    const options = { env, cwd: dataDir, maxBuffer: 100_000_000 };
    return (await promisify(execFile)(bin('supabase', stackDir), args, options)).stdout;
  } finally {
    await nursery.close();
  }
}

/** The file itself is outside of what Biome looks at, so it goes by another name. */
function format(types: string): string {
  return execFileSync(bin('biome'), ['format', '--stdin-file-path=types.ts'], {
    cwd: repositoryDir,
    input: types,
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  });
}
