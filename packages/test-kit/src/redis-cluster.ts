import { Redis } from 'ioredis';
import { startRedis } from './servers.ts';
import { waitFor } from './wait-for.ts';

const SLOTS = 16_384;

/** A Redis Cluster of masters, each with its share of the slots. */
export interface TestRedisCluster {
  /** As REDIS_URL, with all nodes. */
  readonly url: string;
  /** How many keys each node holds. */
  keyCounts(): Promise<number[]>;
  close(): Promise<void>;
}

/** Starts the nodes, introduces them to each other and waits until each knows that every slot is served. */
export async function startRedisCluster({ nodes: count = 3 } = {}): Promise<TestRedisCluster> {
  const servers = await Promise.all(Array.from({ length: count }, () => startRedis({ cluster: true })));
  const nodes = servers.map(({ url }) => new Redis(url));
  const close = async () => {
    for (const node of nodes) node.disconnect();
    await Promise.all(servers.map((server) => server.close()));
  };
  try {
    const share = SLOTS / count;
    for (const [index, node] of nodes.entries()) {
      const [from, to] = [Math.round(index * share), Math.round((index + 1) * share) - 1];
      await node.call('CLUSTER', 'ADDSLOTSRANGE', String(from), String(to));
      // Equal numbers would have to be told apart first, which takes seconds.
      await node.call('CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1));
    }
    for (const [index, node] of nodes.entries())
      if (index > 0) await nodes[0]?.call('CLUSTER', 'MEET', ...(await place(node)));
    const knowsAll = async (node: Redis) => {
      const info = String(await node.call('CLUSTER', 'INFO'));
      return info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${count}`);
    };
    for (const node of nodes) await waitFor(() => knowsAll(node), { timeoutMs: 20_000, what: 'the cluster' });
  } catch (err) {
    await close();
    throw err;
  }
  return {
    url: `redis+cluster://${servers.map(({ port }) => `127.0.0.1:${port}`).join(',')}`,
    keyCounts: () => Promise.all(nodes.map((node) => node.dbsize())),
    close,
  };
}

/** Host, port and the port at which nodes talk to each other, as the node itself names them. */
async function place(node: Redis): Promise<[string, string, string]> {
  const line = String(await node.call('CLUSTER', 'NODES'));
  const [, host = '', port = '', busPort = ''] = /\s([^\s:]*):(\d+)@(\d+)/.exec(line) ?? [];
  return [host === '' ? '127.0.0.1' : host, port, busPort];
}
