import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { type Child, waitUntilReady } from '../process/child.ts';
import type { Nursery } from '../process/nursery.ts';
import type { RedisCommand } from './redis-binary.ts';

const READY_TIMEOUT_MS = 30_000;

export interface RedisOptions {
  readonly redis: RedisCommand;
  readonly dataDir: string;
  readonly port: number;
  /** True keeps an append-only file, synced each second; false keeps nothing. */
  readonly durable: boolean;
}

export const redisUrl = (port: number): string => `redis://127.0.0.1:${port}`;

/** Starts Redis on 127.0.0.1 as the queue needs it: nothing is ever evicted. */
export async function startRedisServer(nursery: Nursery, options: RedisOptions): Promise<Child> {
  const { redis, port } = options;
  const folder = join(options.dataDir, 'redis');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const child = await nursery.spawn({
    name: 'redis',
    command: redis.command,
    args: [
      ...redis.args,
      ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--daemonize', 'no', '--save', ''],
      ...['--maxmemory-policy', 'noeviction', '--appendonly', options.durable ? 'yes' : 'no', '--loglevel', 'warning'],
    ],
    cwd: folder,
    stopTimeoutMs: 1_500,
    ...(redis.env === undefined ? {} : { env: redis.env }),
  });
  await waitUntilReady(child, () => answersPing(port), READY_TIMEOUT_MS);
  return child;
}

/** True when a Redis on this port answers PING and has loaded its data. */
function answersPing(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: 1_000 });
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => socket.write('PING\r\n'));
    socket.once('data', (data) => done(data.toString().startsWith('+PONG')));
    socket.once('error', () => done(false));
    socket.once('timeout', () => done(false));
  });
}
