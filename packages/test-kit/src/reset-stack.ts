import type { StackAddresses } from '@megacampus/stack/local-stack';
import { Redis } from 'ioredis';
import pg from 'pg';

/** A test that left a lock behind must not hold up the next. */
const LOCK_TIMEOUT_MS = 10_000;

/** Remembers what the databases of a stack hold. Returns what brings them back to it. */
export async function rememberContents(stack: StackAddresses): Promise<() => Promise<void>> {
  const tables = await withDatabase(stack, readTables);
  return async () => {
    const redis = new Redis(stack.redisUrl, { lazyConnect: true, retryStrategy: () => null });
    try {
      await redis.connect();
      await redis.flushall();
    } finally {
      redis.disconnect();
    }
    await withDatabase(stack, (client) => writeTables(client, tables));
  };
}

interface Table {
  /** With its schema, quoted. */
  readonly name: string;
  /** All its rows, as JSON. */
  readonly rows: string;
}

async function readTables(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND n.nspname IN ('public', 'auth', 'storage')`,
  );
  const tables: Table[] = [];
  for (const { name } of rows) {
    const content = await client.query<{ rows: string }>(
      `SELECT coalesce(json_agg(t), '[]')::text AS rows FROM ${name} t`,
    );
    tables.push({ name, rows: content.rows[0]?.rows ?? '[]' });
  }
  return tables;
}

async function writeTables(client: pg.Client, tables: readonly Table[]): Promise<void> {
  await client.query('BEGIN');
  await client.query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
  // No trigger may object to what it takes for a user's act.
  await client.query('SET LOCAL session_replication_role = replica');
  await client.query(`TRUNCATE ${tables.map(({ name }) => name).join(', ')} RESTART IDENTITY`);
  for (const { name, rows } of tables.filter((table) => table.rows !== '[]')) {
    await client.query(`INSERT INTO ${name} SELECT * FROM json_populate_recordset(NULL::${name}, $1)`, [rows]);
  }
  await client.query('COMMIT');
}

async function withDatabase<T>(stack: StackAddresses, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: stack.databaseUrl, connectionTimeoutMillis: LOCK_TIMEOUT_MS });
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}
