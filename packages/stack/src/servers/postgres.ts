import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { type Child, waitUntilReady } from '../process/child.ts';
import type { Nursery } from '../process/nursery.ts';
import { which } from '../programs.ts';
import { findPostgresBinaries } from './postgres-binaries.ts';
import { unprivileged } from './postgres-user.ts';
import { retireStalePostmaster } from './stale-postmaster.ts';

const DATABASE = 'megacampusai';
const USER = 'postgres';
const PASSWORD = 'postgres';
const READY_TIMEOUT_MS = 60_000;

export interface PostgresOptions {
  readonly dataDir: string;
  readonly port: number;
  /** False trades safety against a power cut for speed: for throw-away data only. */
  readonly durable: boolean;
  /** The data folder of a stack that has ended: a missing database is copied from there instead of made. */
  readonly template?: string | undefined;
}

export const databaseUrl = (port: number, database = DATABASE): string =>
  `postgresql://${USER}:${PASSWORD}@127.0.0.1:${port}/${database}`;

/** Starts Postgres 17 on 127.0.0.1, making its data folder and the database `megacampusai` when they are missing. */
export async function startPostgres(nursery: Nursery, options: PostgresOptions): Promise<Child> {
  const binaries = await findPostgresBinaries();
  const dataDir = join(options.dataDir, 'postgres');
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const asPostgres = unprivileged(dataDir);
  if (!existsSync(join(dataDir, 'PG_VERSION'))) {
    if (options.template === undefined) await initialise(nursery, asPostgres, binaries.initdb, dataDir, options);
    else await copyFolder(nursery, asPostgres, join(options.template, 'postgres'), dataDir);
  }
  await retireStalePostmaster(dataDir);

  const child = await nursery.spawn({
    name: 'postgres',
    ...asPostgres(binaries.postgres, ['-D', dataDir, '-p', String(options.port), ...settings(options)]),
    // Fast shutdown, then the immediate one: SIGTERM would wait for every client to leave.
    stopSignals: ['SIGINT', 'SIGQUIT', 'SIGKILL'],
    stopTimeoutMs: 1_500,
  });
  await waitUntilReady(child, () => ensureDatabase(options.port), READY_TIMEOUT_MS);
  return child;
}

async function initialise(
  nursery: Nursery,
  asPostgres: ReturnType<typeof unprivileged>,
  initdb: string,
  dataDir: string,
  { durable }: PostgresOptions,
): Promise<void> {
  const passwordFile = join(dataDir, '..', 'postgres-password');
  writeFileSync(passwordFile, `${PASSWORD}\n`, { mode: 0o644 });
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const login = [`--username=${USER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
  // Of a password that everybody knows; each connection pays for it on both sides.
  const quickLogin = durable ? [] : ['--set=scram_iterations=1'];
  const args = [`--pgdata=${dataDir}`, ...login, ...quickLogin, ...locale, '--no-sync', '--no-instructions'];
  const child = await nursery.spawn({ name: 'postgres', ...asPostgres(initdb, args) });
  const { code } = await child.exited;
  rmSync(passwordFile, { force: true });
  if (code !== 0) {
    // Half a folder would be taken for a whole one at the next start.
    rmSync(dataDir, { recursive: true, force: true });
    throw new Error(`Postgres could not make its data folder ${dataDir}:\n${child.tail()}`);
  }
}

/** By `cp` as the user of Postgres, who then owns the files. */
async function copyFolder(
  nursery: Nursery,
  asPostgres: ReturnType<typeof unprivileged>,
  from: string,
  to: string,
): Promise<void> {
  const cp = which('cp');
  if (cp === undefined) throw new Error('A template of a database needs the program cp');
  const child = await nursery.spawn({ name: 'postgres', ...asPostgres(cp, ['-R', `${from}/.`, to]) });
  const { code } = await child.exited;
  if (code !== 0) throw new Error(`The database could not be copied from ${from}:\n${child.tail()}`);
}

function settings({ durable }: PostgresOptions): string[] {
  const values = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'timezone=UTC',
    // The Supabase API repeats its own "create if not exists" at each start; those notices say nothing.
    'client_min_messages=warning',
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ];
  return values.flatMap((value) => ['-c', value]);
}

async function ensureDatabase(port: number): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl(port, 'postgres'), connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
    return true;
  } finally {
    await client.end();
  }
}
