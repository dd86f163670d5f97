import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const repositoryDir = resolve(import.meta.dirname, '../../..');
export const migrationsDir = join(repositoryDir, 'supabase', 'migrations');
export const webDir = join(repositoryDir, 'apps', 'web');
export const workerMain = join(repositoryDir, 'apps', 'worker', 'src', 'main.ts');

/** Programs fetched for this clone. Shared by starts and test runs, so that each is fetched once. */
export const toolsDir = join(repositoryDir, '.local', 'tools');

/** The data folder of `npm start`. Empty counts as not set: it must never be the repository itself. */
export const dataDirOf = (env: NodeJS.ProcessEnv): string =>
  resolve(repositoryDir, env['MEGACAMPUS_DATA_DIR'] || '.local');

/** For the owner only; root's can be passed through, because Postgres runs as a user of its own there. */
export function makeDataDir(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
}
