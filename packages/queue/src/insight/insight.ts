import { type Tier, tierSchema } from '@megacampus/domain/tiers';
import type { RedisClient } from '../connections/connections.ts';
import type { Keys } from '../keys.ts';
import type { CourseQueue, JobCounts } from '../queue/queue.ts';
import { redisNowMs } from '../redis-clock.ts';
import { loadScript, runScript } from '../run-script.ts';
import { readAllLeases, readGlobalLimit } from '../slots/read-leases.ts';
import type { Lease } from '../slots/slots.ts';
import { orUnavailable } from '../unavailable.ts';
import { type JobTrace, readJobs } from './jobs.ts';
import { type ModelHealth, modelHealthSchema } from './model-health.ts';

export type { JobTrace, ModelHealth };

const WAITING_BY_TIER = loadScript(import.meta.url, 'waiting-by-tier.lua');

/** Waiting jobs that are looked at to tell their tiers: a few ms of Redis. */
export const WAITING_LOOKED_AT = 1_000;

export interface WaitingTier {
  readonly tier: Tier;
  readonly jobs: number;
  /** Since the oldest was put on the queue. */
  readonly oldestForMs: number;
}

export interface LiveWorker {
  readonly id: string;
  /** Since its last sign of life at most. */
  readonly expiresInMs: number;
  /** Null: it has not told yet. */
  readonly model: ModelHealth | null;
}

export interface QueueOverview {
  readonly leases: readonly Lease[];
  /** The admin's; null when none is set. */
  readonly globalLimit: number | null;
  readonly counts: JobCounts;
  readonly waiting: readonly WaitingTier[];
  readonly workers: readonly LiveWorker[];
  /** Requests to the language model under way, over all workers. */
  readonly modelRequests: number;
}

/** What admins see of Redis. Every method throws UnavailableFault where it does not answer. */
export interface Insight {
  overview(): Promise<QueueOverview>;
  /** Of the first `WAITING_LOOKED_AT` jobs in the order of service; tiers of which none waits are left out. */
  waiting(): Promise<WaitingTier[]>;
  /** Those of the jobs that Redis still has, in the order asked for, each with its last log lines. */
  jobs(jobIds: readonly string[]): Promise<JobTrace[]>;
  /** A worker tells what it knows of the model's server, for the next `ttlMs`. */
  tellModelHealth(workerId: string, health: ModelHealth, ttlMs: number): Promise<void>;
}

export function createInsight(redis: RedisClient, keys: Keys, queue: Pick<CourseQueue, 'bull' | 'counts'>): Insight {
  return {
    async overview() {
      const nowMs = await orUnavailable(redisNowMs(redis, keys));
      const [leases, globalLimit, counts, waiting, workers, modelRequests] = await orUnavailable(
        Promise.all([
          readAllLeases(redis, keys),
          readGlobalLimit(redis, keys),
          queue.counts(),
          readWaiting(redis, queue.bull, nowMs),
          readWorkers(redis, keys, nowMs),
          redis.zcount(keys.modelRequests, nowMs, '+inf'),
        ]),
      );
      return { leases, globalLimit, counts, waiting, workers, modelRequests };
    },
    async waiting() {
      const nowMs = await orUnavailable(redisNowMs(redis, keys));
      return await orUnavailable(readWaiting(redis, queue.bull, nowMs));
    },
    jobs: (jobIds) => orUnavailable(readJobs(queue.bull, jobIds)),
    async tellModelHealth(workerId, health, ttlMs) {
      await orUnavailable(redis.set(keys.modelHealth(workerId), JSON.stringify(health), 'PX', ttlMs));
    },
  };
}

async function readWaiting(redis: RedisClient, bull: CourseQueue['bull'], nowMs: number): Promise<WaitingTier[]> {
  const lists = ['prioritized', 'wait', 'delayed'].map((name) => bull.toKey(name));
  const reply = (await runScript(redis, WAITING_BY_TIER, lists, [bull.toKey(''), WAITING_LOOKED_AT])) as unknown[];
  return Array.from({ length: reply.length / 3 }, (_, index) => reply.slice(index * 3, index * 3 + 3)).flatMap(
    ([name, jobs, oldestAtMs]) => {
      const tier = tierSchema.safeParse(name);
      const oldestForMs = Math.max(0, nowMs - Number(oldestAtMs));
      return tier.success ? [{ tier: tier.data, jobs: Number(jobs), oldestForMs }] : [];
    },
  );
}

async function readWorkers(redis: RedisClient, keys: Keys, nowMs: number): Promise<LiveWorker[]> {
  const flat = await redis.zrange(keys.workers, `(${nowMs}`, '+inf', 'BYSCORE', 'WITHSCORES');
  const ids = flat.filter((_, index) => index % 2 === 0);
  const told = await Promise.all(ids.map((id) => redis.get(keys.modelHealth(id))));
  return ids.map((id, index) => ({
    id,
    expiresInMs: Math.max(0, Number(flat[index * 2 + 1]) - nowMs),
    model: parseHealth(told[index] ?? null),
  }));
}

function parseHealth(text: string | null): ModelHealth | null {
  if (text === null) return null;
  const parsed = modelHealthSchema.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data : null;
}
