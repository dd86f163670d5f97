import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StackAddresses } from '@megacampus/stack/local-stack';
import { freePort } from '@megacampus/stack/ports';
import { createNursery, findRedis, redisUrl, startRedisServer, toolsDir } from '@megacampus/stack/servers';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    stack: StackAddresses;
  }
}

/** The stack of this run. Its Redis and database are shared: use your own tag and your own users. */
export function useStack(): StackAddresses {
  return inject('stack');
}

/** A Redis of a test's own, to be stopped, frozen and started again. */
export interface TestRedis {
  readonly url: string;
  readonly port: number;
  pid(): number;
  /** Ends it; it answers nothing until `restart`. */
  stop(): Promise<void>;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
  /** Starts it again on the same port; with `keepData`, as it was a second ago at the latest. */
  restart(): Promise<void>;
  /** Stops it from running without closing a connection. */
  freeze(): void;
  unfreeze(): void;
  close(): Promise<void>;
}

/** A node that says its address by itself: others, who would tell it, there are none. */
async function clusterArgs(): Promise<string[]> {
  return ['--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1', '--cluster-port', String(await freePort())];
}

/** `cluster`: a cluster node, which still has to be given its slots. */
export async function startRedis({ keepData = false, cluster = false } = {}): Promise<TestRedis> {
  const dataDir = mkdtempSync(join(tmpdir(), 'megacampus-redis-'));
  chmodSync(dataDir, 0o711);
  const log = () => undefined;
  const nursery = createNursery(log);
  nursery.removeAtEnd(dataDir);
  const port = await freePort();
  const found = await findRedis(join(toolsDir, 'redis'), log);
  const redis = cluster ? { ...found, args: [...found.args, ...(await clusterArgs())] } : found;
  const start = () => startRedisServer(nursery, { redis, dataDir, port, durable: keepData });
  let server = await start();
  return {
    port,
    url: redisUrl(port),
    pid: () => server.pid,
    stop: () => server.stop(),
    async kill() {
      server.signal('SIGKILL');
      await server.exited;
    },
    async restart() {
      await server.stop();
      server = await start();
    },
    freeze: () => server.signal('SIGSTOP'),
    unfreeze: () => server.signal('SIGCONT'),
    close: () => nursery.close(),
  };
}
