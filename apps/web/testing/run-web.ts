import type { Tier } from '@megacampus/domain/tiers';
import type { LocalStack } from '@megacampus/stack/local-stack';
import { startWeb, type TestWeb } from '@megacampus/test-kit/apps';
import { startThrowAwayStack } from '@megacampus/test-kit/own-stack';
import { startTcpProxy, type TcpProxy } from '@megacampus/test-kit/tcp-proxy';
import { clientFor, createCourse, signUp, type TestUser } from '@megacampus/test-kit/users';
import type { SupabaseClient } from '@supabase/supabase-js';
import { afterAll, beforeAll } from 'vitest';

/** The production web server on servers of its own, each behind a proxy that can fail. No worker runs. */
export interface Web {
  readonly stack: LocalStack;
  readonly app: TestWeb;
  readonly redis: TcpProxy;
  readonly supabase: TcpProxy;
  /** Both ways to the database: through the Supabase API and straight. */
  readonly database: Failing;
  /** Past the proxies, with all rights. */
  readonly service: SupabaseClient;
  user(tier?: Tier): Promise<TestUser>;
  course(user: Pick<TestUser, 'userId'>): Promise<{ readonly id: string; readonly slug: string }>;
}

/** How a server can be made to fail. */
export type Failing = Pick<TcpProxy, 'cut' | 'freeze' | 'dropResponses' | 'restore'>;

function together(proxies: readonly TcpProxy[]): Failing {
  const each = (how: keyof Failing) => async () => void (await Promise.all(proxies.map((proxy) => proxy[how]())));
  return { cut: each('cut'), freeze: each('freeze'), dropResponses: each('dropResponses'), restore: each('restore') };
}

/** Starts it for a test file. A stack of its own, because admission counts every generation in the database. */
export function runWeb(env: Readonly<Record<string, string>> = {}): () => Web {
  let web: Web | undefined;
  let close = async () => {};
  beforeAll(async () => {
    const stack = await startThrowAwayStack();
    const targets = [stack.redisUrl, stack.supabaseUrl, stack.databaseUrl] as const;
    const proxies = await Promise.all(targets.map((target) => startTcpProxy(target)));
    const [redis, supabase, postgres] = proxies as [TcpProxy, TcpProxy, TcpProxy];
    const closeServers = async () => void (await Promise.all([...proxies.map((proxy) => proxy.close()), stack.stop()]));
    close = closeServers;
    const addresses = { redisUrl: redis.url, supabaseUrl: supabase.url, databaseUrl: postgres.url };
    const app = await startWeb(stack, { addresses, env: { GLOBAL_CONCURRENCY_LIMIT: '1000', ...env } });
    close = async () => {
      await app.stop();
      await closeServers();
    };
    web = {
      stack,
      app,
      redis,
      supabase,
      database: together([supabase, postgres]),
      service: clientFor(stack, stack.serviceKey),
      user: (tier) => signUp(stack, tier),
      course: (user) => createCourse(stack, user),
    };
    // The first one of a run builds the app.
  }, 300_000);
  afterAll(() => close(), 30_000);
  return () => {
    if (web === undefined) throw new Error('The web server is not running');
    return web;
  };
}
