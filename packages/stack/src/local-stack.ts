import { join, resolve } from 'node:path';
import { makeDataDir, migrationsDir, toolsDir } from './paths.ts';
import { freePort } from './ports.ts';
import type { Log } from './process/child.ts';
import { createNursery, type Nursery } from './process/nursery.ts';
import { type Keeper, type Service, startOnce } from './process/service.ts';
import { loadSecrets, type StackSecrets } from './secrets.ts';
import { databaseUrl, startPostgres } from './servers/postgres.ts';
import { redisUrl, startRedisServer } from './servers/redis.ts';
import { findRedis } from './servers/redis-binary.ts';
import { migrate, startSupabase, supabaseUrl, writeProject } from './servers/supabase.ts';

export interface StackPorts {
  readonly postgres: number;
  readonly redis: number;
  readonly supabase: number;
}

export interface LocalStackOptions {
  /** Where everything is kept; made when missing. */
  readonly dataDir: string;
  /** Ports by name, or `free` for any that nobody uses. */
  readonly ports: StackPorts | 'free';
  readonly log: Log;
  /** False for throw-away data: several times faster, not safe against a power cut. Default true. */
  readonly durable?: boolean;
  /** Removes the data folder at the end, even when this process is killed. Default false. */
  readonly throwAway?: boolean;
  /** New users must follow the link of a mail first. Default false. */
  readonly confirmEmails?: boolean;
  /** What `makeTemplate` has filled: a new database is copied from there, migrations and all, in a fraction of the time. */
  readonly template?: string | undefined;
}

/** Addresses and keys of a running stack: plain data that can be handed to other processes. */
export interface StackAddresses extends StackSecrets {
  readonly databaseUrl: string;
  readonly supabaseUrl: string;
  readonly redisUrl: string;
  readonly dataDir: string;
}

export interface LocalStack extends StackAddresses {
  readonly pids: Readonly<Record<'postgres' | 'supabase' | 'redis', number | null>>;
  stop(): Promise<void>;
}

/** Starts Postgres, Redis and the Supabase API, and applies the migrations. Fails with nothing left running. */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const dataDir = resolve(options.dataDir);
  makeDataDir(dataDir);
  const nursery = createNursery(options.log);
  if (options.throwAway === true) nursery.removeAtEnd(dataDir);
  const ports = options.ports === 'free' ? await freePorts() : options.ports;
  const place = {
    dataDir,
    ports,
    durable: options.durable ?? true,
    log: options.log,
    nursery,
    keep: startOnce,
    confirmEmails: options.confirmEmails,
    template: options.template,
  };
  try {
    const [database, redis] = await Promise.all([startDatabase(place), startRedis(place)]);
    return {
      ...database.addresses,
      redisUrl: redis.redisUrl,
      dataDir,
      pids: { postgres: database.postgres.pid(), supabase: database.supabase.pid(), redis: redis.service.pid() },
      stop: () => nursery.close(),
    };
  } catch (err) {
    await nursery.close();
    throw err;
  }
}

/** Fills a folder with a database that has all migrations and nothing else, for stacks of throw-away data. */
export async function makeTemplate(dataDir: string, log: Log): Promise<void> {
  makeDataDir(dataDir);
  const nursery = createNursery(log);
  const place = { dataDir, ports: await freePorts(), durable: false, log, nursery, keep: startOnce };
  try {
    await startDatabase(place);
  } finally {
    await nursery.close();
  }
}

/** Where and how the parts of a stack are started. */
export interface StackPlace {
  readonly dataDir: string;
  readonly ports: StackPorts;
  readonly durable: boolean;
  readonly log: Log;
  readonly nursery: Nursery;
  readonly keep: Keeper;
  /** Where browsers find the web app; unless given, port 3000 of this machine. */
  readonly siteUrl?: string | undefined;
  readonly confirmEmails?: boolean | undefined;
  readonly template?: string | undefined;
}

export interface LocalDatabase {
  readonly addresses: StackSecrets & { readonly databaseUrl: string; readonly supabaseUrl: string };
  readonly postgres: Service;
  readonly supabase: Service;
}

/** Postgres with all migrations, and the Supabase API in front of it. */
export async function startDatabase(place: StackPlace): Promise<LocalDatabase> {
  const { dataDir, ports, durable, nursery, keep, siteUrl = 'http://localhost:3000', confirmEmails = false } = place;
  const { template } = place;
  const secrets = loadSecrets(dataDir);
  const url = databaseUrl(ports.postgres);
  const api = {
    dataDir,
    port: ports.supabase,
    databaseUrl: url,
    secrets,
    migrationsDir,
    siteUrl,
    confirmEmails,
    durable,
  };
  const postgres = await keep('postgres', () =>
    startPostgres(nursery, { dataDir, port: ports.postgres, durable, template }),
  );
  writeProject(api);
  if (template === undefined) await migrate(nursery, api);
  const supabase = await keep('supabase', () => startSupabase(nursery, api));
  return { addresses: { ...secrets, databaseUrl: url, supabaseUrl: supabaseUrl(ports.supabase) }, postgres, supabase };
}

/** A Redis of our own, fetched when the machine has none. */
export async function startRedis(place: StackPlace): Promise<{ readonly redisUrl: string; readonly service: Service }> {
  const { dataDir, durable, log, nursery } = place;
  const port = place.ports.redis;
  const redis = await findRedis(join(toolsDir, 'redis'), log);
  log('redis', `Using ${redis.origin}`);
  const service = await place.keep('redis', () => startRedisServer(nursery, { redis, dataDir, port, durable }));
  return { redisUrl: redisUrl(port), service };
}

async function freePorts(): Promise<StackPorts> {
  return { postgres: await freePort(), redis: await freePort(), supabase: await freePort() };
}
