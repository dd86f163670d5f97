import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type StackAddresses, type StackPlace, startDatabase, startRedis } from '@megacampus/stack/local-stack';
import { freePort } from '@megacampus/stack/ports';
import type { Nursery } from '@megacampus/stack/servers';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { ServerName } from '../plan/faults.ts';
import { type Part, startPart } from './part.ts';

export interface Servers {
  readonly addresses: StackAddresses;
  readonly parts: Readonly<Record<ServerName, Part>>;
}

interface Place {
  readonly nursery: Nursery;
  readonly dataDir: string;
  readonly log: (source: string, line: string) => void;
}

/**
 * Postgres, the Supabase API and Redis with its append-only file, all of them safe against a crash: what they lose when
 * they are killed, the campaign would blame on the product.
 */
export async function startServers({ nursery, dataDir, log }: Place): Promise<Servers> {
  const parts = new Map<string, Part>();
  const keep: StackPlace['keep'] = async (name, start) => {
    const part = await startPart(name, start);
    parts.set(name, part);
    return part;
  };
  const ports = { postgres: await freePort(), redis: await freePort(), supabase: await freePort() };
  const place: StackPlace = { dataDir, ports, durable: true, log, nursery, keep };
  const [{ addresses }, { redisUrl }] = await Promise.all([startDatabase(place), startRedis(place)]);
  const part = (name: ServerName) => {
    const found = parts.get(name);
    if (found === undefined) throw new Error(`${name} was not started`);
    return found;
  };
  return {
    addresses: { ...addresses, redisUrl, dataDir },
    parts: { redis: part('redis'), postgres: part('postgres'), supabase: part('supabase') },
  };
}

/** The campaign's own connections, past all proxies. Both fail within two seconds while their server is away. */
export interface Direct {
  readonly redis: Redis;
  sql<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

const TIMEOUT_MS = 1_500;

export async function connectDirectly({ redisUrl, databaseUrl }: StackAddresses): Promise<Direct> {
  const redis = new Redis(redisUrl, {
    commandTimeout: TIMEOUT_MS,
    socketTimeout: 2 * TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => 100,
  });
  redis.on('error', () => undefined);
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 3,
    connectionTimeoutMillis: TIMEOUT_MS,
    query_timeout: TIMEOUT_MS,
  });
  pool.on('error', () => undefined);
  await pool.query(readFileSync(join(import.meta.dirname, 'event-log.sql'), 'utf8'));
  return {
    redis,
    sql: async (text, values = []) => (await pool.query(text, values)).rows,
    async close() {
      redis.disconnect();
      await pool.end();
    },
  };
}
