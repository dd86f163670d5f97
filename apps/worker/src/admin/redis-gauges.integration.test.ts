import { createLogger } from '@megacampus/log';
import { waitUntilReady } from '@megacampus/queue/connections';
import { createKeys } from '@megacampus/queue/keys';
import { startTcpProxy } from '@megacampus/test-kit/tcp-proxy';
import { expect, test } from 'vitest';
import { connect } from '../dependencies.ts';
import { createLab } from '../testing/lab.ts';
import { useOwnStack } from '../testing/own-stack.ts';
import { createWorkerMetrics } from './metrics.ts';

const stack = useOwnStack();

test('what waits is told by tier with the time of the oldest, and of a Redis that is away nothing is claimed but that', async () => {
  await using lab = await createLab(stack());
  await using resources = new AsyncDisposableStack();
  const proxy = resources.adopt(await startTcpProxy(stack().redisUrl), (one) => one.close());
  const log = createLogger({ name: 'test', level: 'silent' });
  const keys = createKeys(lab.deps.queue.bull.opts.prefix);
  const deps = connect({ ...lab.env, redisUrl: proxy.url }, keys, log, resources);
  await waitUntilReady(deps.producer, 5_000);
  const probes = { redis: () => deps.producer.ping(), database: () => deps.store.globalLimit() };
  const metrics = createWorkerMetrics({ ...deps, defaultGlobalLimit: 7, running: { size: 0 }, probes });
  const scrape = async () => (await metrics.scrape()).body;

  for (const tier of ['FREE', 'PREMIUM', 'PREMIUM'] as const) await lab.admit({ tier });
  const body = await scrape();
  expect(body).toContain('megacampus_queue_waiting_jobs{tier="PREMIUM"} 2');
  expect(body).toContain('megacampus_queue_waiting_jobs{tier="FREE"} 1');
  expect(body).toContain('megacampus_queue_waiting_jobs{tier="BASIC"} 0');
  expect(body).toMatch(/megacampus_queue_oldest_wait_seconds\{tier="FREE"\} (?!0\n)/);
  expect(body).toContain('megacampus_queue_oldest_wait_seconds{tier="TRIAL"} 0');
  expect(body).toContain('megacampus_slots_held 3');
  expect(body).toContain('megacampus_slots_limit 7');
  expect(body).toContain('megacampus_server_up{server="redis"} 1');
  expect(body).toContain('megacampus_server_up{server="database"} 1');

  await proxy.cut();
  const without = await scrape();
  expect(without).not.toMatch(/^megacampus_(slots|queue)_\w+(\{.*\})? \d/m);
  expect(without).toContain('megacampus_jobs_running 0');
  expect(without).toContain('megacampus_server_up{server="redis"} 0');
  expect(without).toContain('megacampus_server_up{server="database"} 1');
});
