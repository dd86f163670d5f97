import { describe, expect, it } from 'vitest';
import { parseRedisUrl } from './redis-url.ts';

describe('parseRedisUrl', () => {
  it.each(['redis://localhost:6379', 'rediss://user:p%40ss@host:6380/1', '/tmp/redis.sock'])(
    'leaves the single server %s to ioredis',
    (url) => expect(parseRedisUrl(url)).toEqual({ kind: 'single', url }),
  );

  it('reads the nodes of a cluster, with credentials and TLS', () => {
    expect(parseRedisUrl('rediss+cluster://user:p%40ss:x@h1:7000,h2,[::1]:7002')).toEqual({
      kind: 'cluster',
      nodes: [
        { host: 'h1', port: 7000 },
        { host: 'h2', port: 6379 },
        { host: '::1', port: 7002 },
      ],
      common: { username: 'user', password: 'p@ss:x', tls: {} },
    });
    expect(parseRedisUrl('redis+cluster://h1:1')).toMatchObject({ nodes: [{ host: 'h1', port: 1 }], common: {} });
  });

  it.each(['http://host', 'localhost:6379', '', 'redis+cluster://'])('refuses "%s"', (url) => {
    expect(() => parseRedisUrl(url)).toThrow(TypeError);
  });
});
