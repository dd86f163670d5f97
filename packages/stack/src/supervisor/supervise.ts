import { appEnv } from '../apps/app-env.ts';
import { startWebApp } from '../apps/web.ts';
import { ensureWebBuild } from '../apps/web-build.ts';
import { startWorker } from '../apps/worker.ts';
import { startDatabase, startRedis } from '../local-stack.ts';
import { makeDataDir } from '../paths.ts';
import { isFree } from '../ports.ts';
import type { Child, Log } from '../process/child.ts';
import { createNursery, type Nursery } from '../process/nursery.ts';
import { keepRunning, type Service } from '../process/service.ts';
import { loadSecrets } from '../secrets.ts';
import { type DemoUser, type ProcessName, removeStackFile, type StackFile, writeStackFile } from '../stack-file.ts';
import { ownPorts, PORT_VARIABLES, type SupervisorConfig } from './config.ts';
import { seedDemo } from './demo.ts';
import { requireSchema } from './hosted.ts';
import { lockDataDir } from './lock.ts';

export interface SuperviseOptions {
  readonly config: SupervisorConfig;
  /** Passed on to the apps. */
  readonly env: NodeJS.ProcessEnv;
  /** `next dev` and a worker that restarts when its sources change. */
  readonly dev: boolean;
  readonly log: Log;
}

export interface Supervised {
  readonly stack: StackFile;
  stop(): Promise<void>;
}

/**
 * Starts everything and keeps it running. Resolves when everything has answered and the stack file is written.
 * `signal` gives up a start that is under way. Fails with nothing left running.
 */
export async function supervise(options: SuperviseOptions, signal: AbortSignal): Promise<Supervised> {
  const { dataDir } = options.config;
  makeDataDir(dataDir);
  const unlock = lockDataDir(dataDir);
  const nursery = createNursery(options.log);
  const services = new Map<ProcessName, Service>();
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= (async () => {
      removeStackFile(dataDir);
      await stopInOrder(services);
      await nursery.close();
      unlock();
    })();
    return stopped;
  };
  signal.addEventListener('abort', () => void stop(), { once: true });
  try {
    removeStackFile(dataDir);
    await requireFreePorts(options.config);
    const stack = await startAll(options, nursery, services);
    return { stack, stop };
  } catch (err) {
    await stop();
    throw err;
  }
}

async function startAll(
  { config, env, dev, log }: SuperviseOptions,
  nursery: Nursery,
  services: Map<ProcessName, Service>,
): Promise<StackFile> {
  const { dataDir, ports } = config;
  const published: { stack?: Omit<StackFile, 'pids'> } = {};
  const pidOf = (name: ProcessName) => services.get(name)?.pid() ?? null;
  const publish = () => {
    if (published.stack === undefined) return null;
    const pids = {
      web: pidOf('web'),
      worker: pidOf('worker'),
      redis: pidOf('redis'),
      postgres: pidOf('postgres'),
      supabase: pidOf('supabase'),
    };
    const stack = { ...published.stack, pids };
    writeStackFile(dataDir, stack);
    return stack;
  };
  const restart = keepRunning({ log, onChange: publish, isStopping: nursery.isClosing });
  const keep = async (name: ProcessName, start: () => Promise<Child>) => {
    const service = await restart(name, start);
    services.set(name, service);
    return service;
  };
  const webUrl = `http://localhost:${ports.web}`;
  const place = { dataDir, ports, durable: true, log, nursery, keep, siteUrl: webUrl };

  const [backend, redisUrl, build] = await Promise.all([
    startBackend(),
    config.redisUrl ?? startRedis(place).then((redis) => redis.redisUrl),
    dev ? ('dev' as const) : ensureWebBuild(nursery, (line) => log('web', line)),
  ]);
  const secrets = loadSecrets(dataDir);
  const childEnv = appEnv(env, { ...secrets, ...backend, redisUrl }, ports);
  const workerEnv = { ...childEnv, NODE_ENV: dev ? 'development' : 'production' };
  const worker = { env: workerEnv, adminPort: ports.admin, watch: dev };
  await keep('worker', () => startWorker(nursery, worker));
  const web = { env: childEnv, port: ports.web, build };
  await keep('web', () => startWebApp(nursery, web));
  published.stack = {
    webUrl,
    adminUrl: `http://localhost:${ports.admin}`,
    supabaseUrl: backend.supabaseUrl,
    databaseUrl: backend.databaseUrl,
    redisUrl,
    publishableKey: backend.publishableKey,
    serviceKey: backend.serviceKey,
    adminUser: childEnv['ADMIN_USER'] ?? secrets.adminUser,
    adminPassword: childEnv['ADMIN_PASSWORD'] ?? secrets.adminPassword,
    demoUsers: backend.demoUsers,
  };
  const stack = publish();
  if (stack === null) throw new Error('The stack was not published');
  return stack;

  async function startBackend() {
    if (config.hostedSupabase !== null) {
      await requireSchema(config.hostedSupabase);
      return { ...config.hostedSupabase, demoUsers: [] as DemoUser[] };
    }
    const local = await startDatabase(place);
    return { ...local.addresses, demoUsers: await seedDemo(local.addresses) };
  }
}

async function requireFreePorts(config: SupervisorConfig): Promise<void> {
  const taken: string[] = [];
  for (const [name, port] of ownPorts(config)) {
    const { variable } = PORT_VARIABLES[name];
    if (!(await isFree(port)))
      taken.push(`Port ${port} (${name}) is in use. Free it, or set ${variable} to another one.`);
  }
  if (taken.length > 0) throw new Error(taken.join('\n'));
}

/** Those that use a server before the server, so that nothing logs faults about a stop that was asked for. */
async function stopInOrder(services: ReadonlyMap<ProcessName, Service>): Promise<void> {
  const rounds: readonly ProcessName[][] = [['web', 'worker'], ['supabase', 'redis'], ['postgres']];
  for (const names of rounds) await Promise.all(names.map((name) => services.get(name)?.stop()));
}
