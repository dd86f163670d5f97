/** `npm start` and `pnpm dev`: runs the whole product on this machine until it is told to stop. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { repositoryDir } from '../paths.ts';
import type { StackFile } from '../stack-file.ts';
import { readConfig } from '../supervisor/config.ts';
import { createOutput } from '../supervisor/output.ts';
import { supervise } from '../supervisor/supervise.ts';

/** Whatever happens, the process is gone by then. The watcher of the nursery ends what is left. */
const STOP_TIMEOUT_MS = 9_500;

const startedAt = Date.now();
const stopping = new AbortController();
const wanted = new Promise<void>((resolve) => stopping.signal.addEventListener('abort', () => resolve()));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(signal));
const parent = process.ppid;
setInterval(() => process.ppid !== parent && stop('the end of the parent process'), 1_000).unref();

try {
  const envFile = join(repositoryDir, '.env');
  if (existsSync(envFile)) process.loadEnvFile(envFile);
  const config = readConfig(process.env);
  const log = createOutput({
    verbose: config.verbose,
    color: process.stdout.isTTY && !process.env['NO_COLOR'],
    write: (text) => process.stdout.write(text),
  });
  const dev = process.argv.includes('--dev');
  const running = await supervise({ config, env: process.env, dev, log }, stopping.signal);
  console.log(welcome(running.stack));
  await wanted;
  await running.stop();
  console.log('Stopped. Your data is kept.');
  process.exit(0);
} catch (err) {
  if (stopping.signal.aborted) process.exit(0);
  console.error(`\nMegaCampus did not start.\n${describe(err)}`);
  process.exit(1);
}

function stop(reason: string): void {
  if (stopping.signal.aborted) return;
  console.log(`\nStopping (${reason}) …`);
  stopping.abort();
  setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
}

function welcome(stack: StackFile): string {
  const people = stack.demoUsers.map(
    ({ email, password, tier, role }) =>
      `  ${email.padEnd(36)} ${password}   ${tier}${role === 'admin' ? ', admin' : ''}`,
  );
  return [
    '',
    `MegaCampus is ready after ${((Date.now() - startedAt) / 1000).toFixed(1)} s:  ${stack.webUrl}`,
    '',
    ...(people.length > 0 ? ['Sign in as', ...people, ''] : []),
    `Queue      ${stack.adminUrl}/admin/queues   (${stack.adminUser} / ${stack.adminPassword})`,
    ...(stack.databaseUrl === null ? [] : [`Database   ${stack.databaseUrl}`]),
    `Redis      ${stack.redisUrl}`,
    `Supabase   ${stack.supabaseUrl}`,
    '',
    'Ctrl-C stops everything. Your data stays.',
    '',
  ].join('\n');
}

/** The message and the messages of its causes; the stack only for those who ask. */
function describe(err: unknown): string {
  if (!(err instanceof Error)) return String(err);
  if (process.env['LOG_LEVEL'] === 'debug') return inspect(err);
  return err.cause === undefined ? err.message : `${err.message}: ${describe(err.cause)}`;
}
