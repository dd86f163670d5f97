import { join } from 'node:path';
import {
  type AppAddresses,
  appEnv,
  createNursery,
  ensureWebBuild,
  startWebApp,
  startWorker,
  webDir,
} from '@megacampus/stack/apps';
import type { StackAddresses } from '@megacampus/stack/local-stack';
import { freePort } from '@megacampus/stack/ports';

/** A worker or the web app as a real process of its own. */
export interface TestApp {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Everything it has printed, line by line. */
  readonly lines: readonly string[];
  readonly running: () => boolean;
  /** SIGTERM, as a deployment does it; SIGKILL after 4.5 s. */
  stop(): Promise<void>;
  /** SIGKILL to it alone, as when the machine runs out of memory. */
  kill(): Promise<void>;
  /** Any other signal, such as SIGSTOP. */
  signal(signal: NodeJS.Signals): void;
}

/**
 * What a test changes: where a server is (a proxy in front of it), or any variable of the apps. With an API of the test's
 * own the apps do not reach the database past it, unless the test says how.
 */
export interface TestAppOptions {
  readonly addresses?: Partial<AppAddresses>;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a worker process on the run's servers and waits until it is alive. `url` is its admin server. */
export async function startWorkerProcess(stack: StackAddresses, options: TestAppOptions = {}): Promise<TestApp> {
  const admin = await freePort();
  const env = testEnv(stack, { web: 0, admin }, options);
  return await start(admin, (nursery) => startWorker(nursery, { env, adminPort: admin }));
}

export interface TestWeb extends TestApp {
  /** Where its build is: what browsers are sent is in `static`, and what they are not beside it. */
  readonly buildDir: string;
}

/**
 * Starts the production build of the web app on the run's servers, building it when its sources have changed.
 * `adminPort` is where it looks for the worker's pages.
 */
export async function startWeb(
  stack: StackAddresses,
  { adminPort = 1, ...options }: TestAppOptions & { readonly adminPort?: number } = {},
): Promise<TestWeb> {
  const web = await freePort();
  const env = testEnv(stack, { web, admin: adminPort }, options);
  let build = '';
  const app = await start(web, async (nursery) => {
    build = await ensureWebBuild(nursery);
    return await startWebApp(nursery, { env, port: web, build });
  });
  return { ...app, buildDir: join(webDir, build) };
}

function testEnv(
  stack: StackAddresses,
  ports: { readonly web: number; readonly admin: number },
  { addresses = {}, env = {} }: TestAppOptions,
): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, NODE_COMPILE_CACHE } = process.env;
  const given: NodeJS.ProcessEnv = {
    PATH,
    HOME,
    TMPDIR,
    NODE_COMPILE_CACHE,
    NODE_ENV: 'production',
    LOG_LEVEL: 'debug',
  };
  const databaseUrl = addresses.supabaseUrl === undefined ? stack.databaseUrl : null;
  return { ...appEnv(given, { ...stack, databaseUrl, ...addresses }, ports), ...env };
}

type Starter = (nursery: ReturnType<typeof createNursery>) => ReturnType<typeof startWorker>;

async function start(port: number, starter: Starter): Promise<TestApp> {
  const lines: string[] = [];
  const nursery = createNursery((_source, line) => lines.push(line));
  try {
    const child = await starter(nursery);
    return {
      url: `http://127.0.0.1:${port}`,
      port,
      pid: child.pid,
      lines,
      running: () => child.running(),
      stop: () => nursery.close(),
      async kill() {
        child.signal('SIGKILL');
        await child.exited;
        await nursery.close();
      },
      signal: (signal) => child.signal(signal),
    };
  } catch (err) {
    await nursery.close();
    throw err;
  }
}
