import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { GLOBAL_LIMIT } from '@megacampus/domain/global-limit';
import { createLogger } from '@megacampus/log';
import { createReconcileMemory, reconcileOnce } from '@megacampus/orchestrator/reconcile';
import { waitUntilReady } from '@megacampus/queue/connections';
import { createKeys } from '@megacampus/queue/keys';
import { readCliEnv } from './cli/env.ts';
import { showSlots } from './cli/show-slots.ts';
import { connect, type Dependencies } from './dependencies.ts';
import { readEnv } from './env.ts';

const USAGE = `pnpm slots                 shows leases, limits and the generations in flight
pnpm slots --reconcile     compares leases, jobs and the database, and repairs
pnpm slots --limit N       sets how many generations may be in flight over all users`;

/** A disagreement is repaired when it is seen twice; the two looks are this far apart. */
const SECOND_LOOK_MS = 2_000;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { reconcile: { type: 'boolean' }, limit: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const env = readEnv(readCliEnv());
  await using resources = new AsyncDisposableStack();
  const log = createLogger({ name: 'slots', level: 'warn', pretty: true });
  const deps = connect(env, createKeys(), log, resources);
  await waitUntilReady(deps.producer, 5_000);
  if (values.limit !== undefined) await setLimit(deps, values.limit);
  if (values.reconcile) await reconcile(deps);
  console.log(await showSlots(deps));
  await deps.metrics.flush();
}

async function setLimit(deps: Dependencies, text: string): Promise<void> {
  const limit = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  const { min, max } = GLOBAL_LIMIT;
  if (limit < min || limit > max) throw new Error(`--limit takes a whole number from ${min} to ${max}`);
  await deps.store.setGlobalLimit(limit);
  await deps.slots.setGlobalLimit(limit);
  console.log(`The global limit is ${limit} from the next admission on.\n`);
}

async function reconcile(deps: Dependencies): Promise<void> {
  const memory = createReconcileMemory();
  await reconcileOnce(deps, memory);
  await pause(SECOND_LOOK_MS);
  const report = await reconcileOnce(deps, memory);
  console.log('Reconciled:', report, '\n');
}

main().catch((err: unknown) => {
  console.error(err instanceof Error ? err.message : err);
  process.exitCode = 1;
});
