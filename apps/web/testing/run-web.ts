import type { Tier } from '@megacampus/domain/tiers';
import type { LocalStack } from '@megacampus/stack/local-stack';
import { startWeb, type TestWeb } from '@megacampus/test-kit/apps';
import { startThrowAwayStack } from '@megacampus/test-kit/own-stack';
import { rememberContents } from '@megacampus/test-kit/reset-stack';
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
  /** Straight to Postgres. */
  readonly postgres: TcpProxy;
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

/**
 * Runs one for a test file, on a stack without the generations of other files, because admission counts all of them. The
 * files of a process that are content with it use one after another.
 */
export function runWeb(): () => Web {
  return duringFile(async () => {
    shared ??= startThrowAwayStack().then((stack) => startWebOnStack(stack));
    const { web, reset } = await shared;
    return { web, end: reset };
  });
}

/**
 * One of the file's own, with variables of its own, on servers that it may harm. Also for files that go past a limit of requests: the
 * process remembers for a while whom it refuses.
 */
export function runOwnWeb(env: Readonly<Record<string, string>> = {}): () => Web {
  return duringFile(async () => {
    const stack = await startThrowAwayStack();
    const { web, close } = await startWebOnStack(stack, env);
    return { web, end: close };
  });
}

interface RunningWeb {
  readonly web: Web;
  /** Forgets what the file has made, and mends what it has cut. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** Ends with the process. */
let shared: Promise<RunningWeb> | undefined;

function duringFile(start: () => Promise<{ readonly web: Web; end(): Promise<void> }>): () => Web {
  let running: Awaited<ReturnType<typeof start>> | undefined;
  beforeAll(async () => {
    running = await start();
    // The first one of a run builds the app.
  }, 300_000);
  afterAll(() => running?.end(), 30_000);
  return () => {
    if (running === undefined) throw new Error('The web server is not running');
    return running.web;
  };
}

async function startWebOnStack(stack: LocalStack, env: Readonly<Record<string, string>> = {}): Promise<RunningWeb> {
  const resources = new AsyncDisposableStack();
  resources.defer(() => stack.stop());
  try {
    const reset = await rememberContents(stack);
    const throughProxy = (target: string) => startTcpProxy(target).then((proxy) => resources.adopt(proxy, stopProxy));
    const redis = await throughProxy(stack.redisUrl);
    const supabase = await throughProxy(stack.supabaseUrl);
    const postgres = await throughProxy(stack.databaseUrl);
    const addresses = { redisUrl: redis.url, supabaseUrl: supabase.url, databaseUrl: postgres.url };
    const app = await startWeb(stack, { addresses, env: { GLOBAL_CONCURRENCY_LIMIT: '1000', ...env } });
    resources.defer(() => app.stop());
    const database = together([supabase, postgres]);
    const web: Web = {
      stack,
      app,
      redis,
      supabase,
      postgres,
      database,
      service: clientFor(stack, stack.serviceKey),
      user: (tier) => signUp(stack, tier),
      course: (user) => createCourse(stack, user),
    };
    return {
      web,
      async reset() {
        await Promise.all([redis.restore(), database.restore()]);
        await reset();
      },
      close: () => resources.disposeAsync(),
    };
  } catch (err) {
    await resources.disposeAsync();
    throw err;
  }
}

const stopProxy = (proxy: TcpProxy) => proxy.close();
