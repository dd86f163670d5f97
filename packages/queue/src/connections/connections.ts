import { UnavailableFault } from '@megacampus/domain/errors';
import type { Logger } from '@megacampus/log';
import { Cluster, type ClusterOptions, Redis } from 'ioredis';
import { logConnection } from './connection-log.ts';
import { parseRedisUrl } from './redis-url.ts';

export type RedisClient = Redis | Cluster;

export interface ConnectionContext {
  readonly log: Logger;
  /** Which connection it is, for the log and for Redis's CLIENT LIST. */
  readonly name: string;
}

/** A producer's command is answered or has failed within this time, in ms, whatever Redis does. */
export const PRODUCER_TIMEOUT_MS = 1_000;

/** A socket on which an answer is overdue this long, in ms, is dropped and made anew. */
const PRODUCER_SOCKET_TIMEOUT_MS = 3_000;
/** More than the 10 s for which BullMQ's BZPOPMIN may block. */
const WORKER_SOCKET_TIMEOUT_MS = 15_000;

/**
 * For requests: fails fast. While Redis is away a command fails at once, while it hangs after 1 s, and neither is
 * queued for later: the caller has answered by then.
 */
export function createProducerRedis(url: string, context: ConnectionContext): RedisClient {
  return connect(url, context, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: PRODUCER_TIMEOUT_MS,
    connectTimeout: PRODUCER_TIMEOUT_MS,
    socketTimeout: PRODUCER_SOCKET_TIMEOUT_MS,
  });
}

/** For BullMQ workers: a command waits for as long as it takes until Redis is back. */
export function createWorkerRedis(url: string, context: ConnectionContext): RedisClient {
  return connect(url, context, {
    enableOfflineQueue: true,
    maxRetriesPerRequest: null,
    connectTimeout: 5_000,
    socketTimeout: WORKER_SOCKET_TIMEOUT_MS,
  });
}

/** For pub/sub: subscribes again to all its channels after each reconnect. */
export function createSubscriberRedis(url: string, context: ConnectionContext): RedisClient {
  return connect(url, context, {
    enableOfflineQueue: true,
    maxRetriesPerRequest: null,
    connectTimeout: 5_000,
    autoResubscribe: true,
  });
}

/** Reconnects for ever, after 50 ms at first and never later than 500 ms: recovery is felt at once. */
function retryDelayMs(times: number): number {
  return Math.min(times * 50, 500);
}

type NodeOptions = Omit<NonNullable<ClusterOptions['redisOptions']>, 'replyMapping'>;

function connect(
  url: string,
  context: ConnectionContext,
  { enableOfflineQueue, ...options }: NodeOptions & { readonly enableOfflineQueue: boolean },
): RedisClient {
  const address = parseRedisUrl(url);
  const own: NodeOptions = { ...options, connectionName: context.name };
  const redis =
    address.kind === 'single'
      ? new Redis(address.url, { ...own, enableOfflineQueue, retryStrategy: retryDelayMs })
      : new Cluster(address.nodes, {
          enableOfflineQueue,
          // Each costs 100 ms while a node is away; a failover needs two.
          maxRedirections: enableOfflineQueue ? 16 : 5,
          clusterRetryStrategy: retryDelayMs,
          clusterNodeRetryStrategy: retryDelayMs,
          redisOptions: { ...own, ...address.common },
        });
  logConnection(redis, context);
  return redis;
}

/** Waits until commands can be sent. @throws UnavailableFault after `timeoutMs`. */
export async function waitUntilReady(redis: RedisClient, timeoutMs: number): Promise<void> {
  if (redis.status === 'ready') return;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let lastError: unknown;
  const remember = (error: unknown) => {
    lastError = error;
  };
  const timer = setTimeout(() => reject(new UnavailableFault('redis', lastError)), timeoutMs);
  redis.once('ready', resolve).on('error', remember);
  try {
    await promise;
  } finally {
    clearTimeout(timer);
    redis.off('ready', resolve).off('error', remember);
  }
}

/** The servers that hold keys: the one, or the masters of a cluster. */
export function mastersOf(redis: RedisClient): readonly Redis[] {
  return redis instanceof Cluster ? redis.nodes('master') : [redis];
}

/**
 * Redis must not drop keys when its memory is full: a dropped lease or job is lost work. Answers 'ok' or the policy
 * that some server has instead of `noeviction`, to be reported at start.
 */
export async function checkEviction(redis: RedisClient): Promise<'ok' | string> {
  for (const server of mastersOf(redis)) {
    const policy = /^maxmemory_policy:(\S+)/m.exec(await server.info('memory'))?.[1] ?? 'unknown';
    if (policy !== 'noeviction') return policy;
  }
  return 'ok';
}

/** Closes a connection: politely where Redis answers within half a second, else at once. Never throws. */
export async function closeRedis(redis: RedisClient): Promise<void> {
  if (redis.status === 'end') return;
  if (redis.status === 'ready') {
    const { promise: tooLate, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, 500);
    await Promise.race([redis.quit().catch(() => {}), tooLate]);
    clearTimeout(timer);
  }
  redis.disconnect();
  // A server that hangs never answers the end of the stream, and the open socket would keep the process alive.
  for (const node of redis instanceof Cluster ? redis.nodes() : [redis]) node.stream?.destroy();
}
