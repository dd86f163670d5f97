import { type Tier, tierPolicy } from '@megacampus/domain/tiers';
import { closeRedis, createWorkerRedis } from '@megacampus/queue/connections';
import { jobIdOf } from '@megacampus/queue/jobs';
import { AGING_STEP_MS, jobPriority, QUEUE_NAME, WORKER_OPTIONS } from '@megacampus/queue/queue';
import { waitFor } from '@megacampus/test-kit/wait-for';
import { Worker } from 'bullmq';
import type { Result, Size } from '../measure.ts';
import type { World } from '../world.ts';
import { analysisJob } from './bench-job.ts';

/** PREMIUM jobs that wait at any time: each one that runs adds the next. */
const BACKLOG = 20;
const CONCURRENCY = 4;
/** The stated bound: a job is at the top after nine steps, and what was there before it has run within one more. */
const BOUND_STEPS = 10;
/** As often as that in a step the priority is looked at, as the reconciler does (20 times a minute). */
const LOOKS_PER_STEP = 20;

/**
 * A FREE job on the real queue, with a real worker, while PREMIUM jobs never stop coming. Only the clock of ageing is
 * quicker: `jobPriority` is told that a minute has passed once per `stepMs`. What the reconciler does in production, raise
 * what waits, is done here by the measure; everything else is the product's.
 */
export async function starvation(world: World, size: Size): Promise<Result[]> {
  const stepMs = size.pick(500, 3_000);
  const aged = await amongPremium(world, stepMs, true);
  const plain = await amongPremium(world, stepMs, false);
  if (plain.ranAfterMs !== null) throw new Error('The stream did not hold up a FREE job that does not age');
  const steps = aged.ranAfterMs === null ? Number.POSITIVE_INFINITY : aged.ranAfterMs / stepMs;
  return [
    {
      name: 'FREE job in an endless stream of PREMIUM jobs, steps of ageing until it runs, against the bound',
      ours: { value: steps, unit: 'steps' },
      theirs: { value: BOUND_STEPS, unit: 'steps' },
      ratio: steps / BOUND_STEPS,
      target: { atMost: 1 },
      note: `a step is ${AGING_STEP_MS / 1_000} s, here ${stepMs / 1_000} s; without ageing it had not run after ${BOUND_STEPS} steps`,
    },
    {
      name: 'jobs that came after it had risen to the top and still ran before it, against those already there',
      ours: { value: aged.overtakers, unit: 'jobs' },
      theirs: { value: aged.ahead, unit: 'jobs' },
      ratio: aged.overtakers / Math.max(1, aged.ahead),
      target: { atMost: 0 },
    },
  ];
}

interface Wait {
  /** Null: it did not run within the bound. */
  readonly ranAfterMs: number | null;
  /** Jobs before it when it had risen to the top. */
  readonly ahead: number;
  readonly overtakers: number;
}

async function amongPremium(world: World, stepMs: number, ages: boolean): Promise<Wait> {
  const { queue, keys } = world.orchestrator();
  let added = 0;
  const add = async (tier: Tier) => {
    added += 1;
    const job = { ...analysisJob(added), priority: jobPriority(tierPolicy(tier).weight, 0) };
    await queue.add(job);
    return jobIdOf(job);
  };
  for (let n = 0; n < BACKLOG; n += 1) await add('PREMIUM');
  const freeId = await add('FREE');

  const startedAt = performance.now();
  const sinceMs = () => performance.now() - startedAt;
  let [ranAfterMs, lastBeforeTop, overtakers] = [null as number | null, Number.POSITIVE_INFINITY, 0];
  const connection = createWorkerRedis(world.stack.redisUrl, { log: world.log, name: 'bench-worker' });
  const options = { ...WORKER_OPTIONS, connection, prefix: keys.tag, concurrency: CONCURRENCY };
  const worker = new Worker(
    QUEUE_NAME,
    async ({ id, data }) => {
      if (id === freeId) ranAfterMs = sinceMs();
      else if (ranAfterMs === null && Number(data.requestId) > lastBeforeTop) overtakers += 1;
      await add('PREMIUM');
    },
    options,
  );
  worker.on('error', () => undefined);

  let ahead = 0;
  const weight = tierPolicy('FREE').weight;
  const look = async () => {
    if (ranAfterMs !== null || sinceMs() > BOUND_STEPS * stepMs) return true;
    const priority = jobPriority(weight, (sinceMs() / stepMs) * AGING_STEP_MS);
    if (ages && (await queue.raisePriority(freeId, priority)) && priority === jobPriority(weight, Number.MAX_VALUE)) {
      lastBeforeTop = added;
      ahead = ((await queue.position(freeId)) ?? 1) - 1;
    }
    return false;
  };
  const timeoutMs = 2 * BOUND_STEPS * stepMs;
  await waitFor(look, { timeoutMs, intervalMs: stepMs / LOOKS_PER_STEP, what: 'the FREE job' });
  await worker.close();
  await closeRedis(connection);
  await queue.bull.obliterate({ force: true });
  return { ranAfterMs, ahead, overtakers };
}
