import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** The full path of a program on PATH. */
export function which(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** Installs Debian packages as root, without questions. */
export async function aptInstall(packages: readonly string[]): Promise<void> {
  const run = promisify(execFile);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env, maxBuffer: 100_000_000 };
  // A mirror that is out of date or away may still have given the lists at another time.
  await run('apt-get', ['update', '-qq'], options).catch(() => undefined);
  // Another process may be installing something at this moment.
  const wait = ['-o', 'DPkg::Lock::Timeout=120'];
  await run('apt-get', ['install', '-y', '-qq', ...wait, '--no-install-recommends', ...packages], options);
}
