import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appEnv, ensureWebBuild, startWebApp, startWorker } from '@megacampus/stack/apps';
import type { StackAddresses } from '@megacampus/stack/local-stack';
import { freePort } from '@megacampus/stack/ports';
import type { Nursery } from '@megacampus/stack/servers';
import { startTcpProxy, type TcpProxy } from '@megacampus/test-kit/tcp-proxy';
import { APPS, type AppName } from '../plan/faults.ts';
import { type Part, startPart } from './part.ts';

/** A web or worker process, and the only ways by which it reaches its servers. */
export interface App extends Part {
  readonly url: string;
  /** What fails, fails on every way to that server. */
  readonly links: { readonly redis: readonly TcpProxy[]; readonly supabase: readonly TcpProxy[] };
  /** Makes its clock wrong by so much, now and after a restart. Workers only. */
  setClock(offsetMs: number): void;
}

export type Apps = Readonly<Record<AppName, App>>;

interface Place {
  readonly nursery: Nursery;
  readonly dataDir: string;
  readonly stack: StackAddresses;
  /** Generations in flight over all users. */
  readonly globalLimit: number;
}

const PRELOAD = new URL('./clock.preload.ts', import.meta.url).href;

/** Few jobs at a time, so that some are waiting when a worker dies. */
const WORKER_CONCURRENCY = 2;

/** Ask the database through the REST API alone; the others have a way straight to Postgres as well. */
const REST_ONLY: readonly AppName[] = ['web-1', 'worker-2'];

export async function startApps(place: Place): Promise<Apps> {
  const build = await ensureWebBuild(place.nursery);
  const apps = await Promise.all(APPS.map(async (name) => [name, await startApp(name, place, build)] as const));
  return Object.fromEntries(apps) as Record<AppName, App>;
}

async function startApp(name: AppName, { nursery, dataDir, stack, globalLimit }: Place, build: string): Promise<App> {
  const port = await freePort();
  const [redis, supabase, postgres] = await Promise.all([
    startTcpProxy(stack.redisUrl),
    startTcpProxy(stack.supabaseUrl),
    startTcpProxy(stack.databaseUrl),
  ]);
  const isWeb = name.startsWith('web');
  const clockFile = join(dataDir, `${name}.clock`);
  const { PATH, HOME, TMPDIR } = process.env;
  const given: NodeJS.ProcessEnv = {
    ...{ PATH, HOME, TMPDIR, NODE_ENV: 'production', LOG_LEVEL: 'debug' },
    GLOBAL_CONCURRENCY_LIMIT: String(globalLimit),
    WORKER_CONCURRENCY: String(WORKER_CONCURRENCY),
    ...(isWeb ? {} : { NODE_OPTIONS: `--import ${PRELOAD}`, CHAOS_CLOCK_FILE: clockFile }),
  };
  const databaseUrl = REST_ONLY.includes(name) ? null : postgres.url;
  const reach = { ...stack, redisUrl: redis.url, supabaseUrl: supabase.url, databaseUrl };
  const env = appEnv(given, reach, isWeb ? { web: port, admin: 1 } : { web: 0, admin: port });
  // The nursery's log is by the name that a child was started with; every web is "web" to it, so each has a name of ours.
  const own: Nursery = { ...nursery, spawn: (spec) => nursery.spawn({ ...spec, name }) };
  const part = await startPart(name, () =>
    isWeb ? startWebApp(own, { env, port, build }) : startWorker(own, { env, adminPort: port }),
  );
  return {
    ...part,
    url: `http://127.0.0.1:${port}`,
    links: { redis: [redis], supabase: [supabase, postgres] },
    setClock(offsetMs) {
      writeFileSync(clockFile, String(offsetMs));
      part.signal('SIGUSR2');
    },
  };
}
