import type { ClusterNode, RedisOptions } from 'ioredis';

/** Where Redis is: one server, or some nodes of a cluster with what is common to all its nodes. */
export type RedisAddress =
  | { readonly kind: 'single'; readonly url: string }
  | {
      readonly kind: 'cluster';
      readonly nodes: ClusterNode[];
      readonly common: Pick<RedisOptions, 'username' | 'password' | 'tls'>;
    };

/**
 * Reads `redis://`, `rediss://` (TLS), `unix` paths as ioredis does, and `redis+cluster://user:password@h1:p1,h2:p2`
 * or `rediss+cluster://…` for a cluster. @throws TypeError for anything else.
 */
export function parseRedisUrl(url: string): RedisAddress {
  const match = /^(rediss?)\+cluster:\/\/(?:([^@/]*)@)?([^/?]+)\/?$/i.exec(url);
  if (!match) {
    if (!/^(rediss?:\/\/|\/)/i.test(url))
      throw new TypeError('Not a Redis URL: it must begin with redis:// or rediss://');
    return { kind: 'single', url };
  }
  const [, scheme = '', credentials, hosts = ''] = match;
  const [username, ...password] = credentials?.split(':') ?? [];
  return {
    kind: 'cluster',
    nodes: hosts.split(',').map(parseNode),
    common: {
      ...(username ? { username: decodeURIComponent(username) } : {}),
      ...(password.length > 0 ? { password: decodeURIComponent(password.join(':')) } : {}),
      ...(scheme.toLowerCase() === 'rediss' ? { tls: {} } : {}),
    },
  };
}

/** Whether `parseRedisUrl` reads it and every part of it is whole, to be said at start and not at the first command. */
export function isRedisUrl(url: string): boolean {
  try {
    const address = parseRedisUrl(url);
    return address.kind === 'cluster' || url.startsWith('/') || new URL(url).hostname !== '';
  } catch {
    return false;
  }
}

function parseNode(text: string): ClusterNode {
  const { hostname, port } = new URL(`redis://${text}`);
  if (hostname === '') throw new TypeError('A node of the Redis cluster has no host');
  return { host: hostname.replace(/^\[|\]$/g, ''), port: port === '' ? 6379 : Number(port) };
}
