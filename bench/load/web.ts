import { appEnv, createNursery, ensureWebBuild, startWebApp } from '@megacampus/stack/apps';
import { freePort } from '@megacampus/stack/ports';
import type { World } from './world.ts';

/** Adds the empty route to the build; must be set where the build is made and where it is looked for. */
const BENCH_ROUTES = 'MEGACAMPUS_BENCH_ROUTES';

const started = new WeakMap<World, Promise<string>>();

/** The address of the production web app on this world's servers, started at the first call. */
export function webUrl(world: World): Promise<string> {
  const url = started.get(world) ?? start(world);
  started.set(world, url);
  return url;
}

async function start(world: World): Promise<string> {
  process.env[BENCH_ROUTES] = '1';
  const nursery = createNursery(() => undefined);
  world.defer(() => nursery.close());
  const [port, admin] = [await freePort(), await freePort()];
  const { PATH, HOME, TMPDIR } = process.env;
  const env = {
    ...appEnv({ PATH, HOME, TMPDIR, NODE_ENV: 'production' }, world.stack, { web: port, admin }),
    GLOBAL_CONCURRENCY_LIMIT: '10000',
    // The limits on how often somebody may try are counted as always, and never reached.
    RATE_LIMIT_FACTOR: '100000',
    LOG_LEVEL: 'info',
  };
  const build = await ensureWebBuild(nursery, (line) => console.error(line));
  await startWebApp(nursery, { env, port, build });
  return `http://127.0.0.1:${port}`;
}
