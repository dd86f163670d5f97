import { describe, expect, it } from 'vitest';
import { isRedisUrl, parseRedisUrl } from './redis-url.ts';

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

describe('an address of the configuration', () => {
  it.each([
    'redis://localhost:6379/1',
    'rediss://user:p%40ss@host',
    '/tmp/redis.sock',
    'redis+cluster://a:7000,b:7001,c',
    'rediss+cluster://:secret@a:7000,[::1]:7001',
  ])('may be "%s"', (url) => expect(isRedisUrl(url)).toBe(true));

  it.each([
    '',
    'redis://',
    'redis://host:port',
    'http://host',
    'redis+cluster://',
    'redis+cluster://a:1,:2',
    'redis+cluster://a:x',
  ])('may not be "%s"', (url) => expect(isRedisUrl(url)).toBe(false));
});
