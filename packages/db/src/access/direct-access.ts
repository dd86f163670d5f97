import { UnavailableFault } from '@megacampus/domain/errors';
import type { Logger } from '@megacampus/log';
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import pg from 'pg';
import { toFault } from '../must.ts';
import { parseAnswer } from '../rpc.ts';
import type { Access } from './access.ts';
import { callOf, readSignatures, type Signatures, type Statement } from './signatures.ts';

interface DirectOptions {
  /** Of Postgres itself, or of a pooler in session mode: roles and plans belong to a connection. */
  readonly url: string;
  readonly log: Logger;
  /** Longest wait for a connection, and for one answer. Default 5,000 ms, as for the REST API. */
  readonly timeoutMs?: number;
  /** Connections at once. Default 10: Postgres allows 100 by default, for all processes together. */
  readonly connections?: number;
}

const TIMEOUT_MS = 5_000;
const CONNECTIONS = 10;

/** After so long without work a connection is given back to the server. */
const IDLE_TIMEOUT_MS = 60_000;

/**
 * Straight to Postgres, with the rights of the service role whatever the user of the URL may: for servers that have a
 * `DATABASE_URL`. One call is one round trip. Connecting waits for the first call.
 */
export function createDirectAccess(options: DirectOptions): Access & { close(): Promise<void> } {
  const pool = openPool(options);
  const ask = asker(pool);
  let signatures: Promise<Signatures> | undefined;
  const known = () => {
    signatures ??= withClient(pool, readSignatures).catch((err: unknown) => {
      signatures = undefined;
      throw err;
    });
    return signatures;
  };

  return {
    async rpc(name, args, schema, { signal } = {}) {
      const signature = (await givenUp(known(), signal)).get(name);
      if (signature === undefined) throw new RangeError(`The database has no function ${name}`);
      return parseAnswer(name, await ask(callOf(name, signature, args), signal), schema);
    },
    async findById(view, id, schema, { signal } = {}) {
      const text = `SELECT to_json(found) AS answer FROM public."${view}" AS found WHERE id = $1`;
      return parseAnswer(view, await ask({ name: view, text, values: [id] }, signal), schema.nullable());
    },
    close: () => pool.end(),
  };
}

function openPool({ url, log, timeoutMs = TIMEOUT_MS, connections = CONNECTIONS }: DirectOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    keepAlive: true,
    // A connection that can't take the role is not used at all: the URL's user may have every right. The server ends
    // by itself what we have stopped waiting for, so nothing commits long after it was given up.
    onConnect: async (client) => {
      await client.query(`SET ROLE service_role; SET statement_timeout = ${timeoutMs}`);
    },
  });
  pool.on('error', (err) => log.warn({ err }, 'an idle connection to Postgres was lost'));
  return pool;
}

/** Runs statements and gives the `answer` of their first row, null without one. */
function asker(pool: pg.Pool) {
  const run = (statement: Statement) => withClient(pool, (client) => query(client, statement));
  return (statement: Statement, signal: AbortSignal | undefined): Promise<unknown> =>
    traced(statement, () => givenUp(run(statement), signal));
}

/** @throws UnavailableFault when no connection can be had, or it breaks; Fault when the server refuses. */
async function withClient<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((err: unknown) => {
    throw new UnavailableFault('database', err);
  });
  // The pool listens only to idle ones. Whatever breaks a connection in use also fails the statement under way on it.
  client.on('error', ignore);
  try {
    const result = await work(client);
    client.release();
    return result;
  } catch (err) {
    const answered = err instanceof pg.DatabaseError;
    // After a refusal the connection is as good as before; after anything else nobody knows what is still under way.
    client.release(!answered || err.severity !== 'ERROR');
    throw answered ? toFault(err, undefined, 'database') : new UnavailableFault('database', err);
  } finally {
    client.off('error', ignore);
  }
}

function ignore(): void {}

async function query(client: pg.PoolClient, { name, text, values }: Statement): Promise<unknown> {
  const { rows } = await client.query<{ answer: unknown }>({ name, text, values: [...values] });
  return rows[0]?.answer ?? null;
}

/** A statement that its caller gives up goes on by itself, until its deadline. */
async function givenUp<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return await work;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  work.catch(() => undefined);
  try {
    return await Promise.race([aborted, work]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/**
 * A span of its own for each statement; costs nothing where nothing is traced. The tracer is asked for each time: a bundle
 * has a copy of the API, which would hold on to what was there before tracing began.
 */
function traced<T>({ name, text }: Statement, work: () => Promise<T>): Promise<T> {
  const attributes = { 'db.system.name': 'postgresql', 'db.query.text': text };
  const tracer = trace.getTracer('@megacampus/db');
  return tracer.startActiveSpan(name.split(':')[0] ?? name, { kind: SpanKind.CLIENT, attributes }, async (span) => {
    try {
      return await work();
    } catch (err) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: err instanceof Error ? err.message : String(err) });
      throw err;
    } finally {
      span.end();
    }
  });
}
