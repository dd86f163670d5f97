import { PermanentFault } from '@megacampus/domain/errors';
import { type Stage, stageSchema } from '@megacampus/domain/steps';
import { type Job, Queue, type Telemetry } from 'bullmq';
import type { RedisClient } from '../connections/connections.ts';
import { type JobSpec, parsePayload, type StagePayloads } from '../jobs/contracts.ts';
import type { Keys } from '../keys.ts';
import { redisNowMs } from '../redis-clock.ts';
import { outcomeOf, runScript } from '../run-script.ts';
import { orUnavailable } from '../unavailable.ts';
import { jobOptions, LONGEST_DELAY_MS, QUEUE_NAME, WORKER_OPTIONS } from './options.ts';
import { AGING_BOUND_MS, AGING_STEP_MS, jobPriority } from './priority.ts';
import { JOB_STATES, STATES, WITHDRAW, WITHDRAW_OUTCOMES } from './scripts.ts';

export { AGING_BOUND_MS, AGING_STEP_MS, jobPriority, LONGEST_DELAY_MS, QUEUE_NAME, WORKER_OPTIONS };

/** `waiting`: will run as soon as a worker is free. `delayed`: waits for its next attempt. */
export type JobState = (typeof JOB_STATES)[keyof typeof JOB_STATES];

/** `active`: a worker has it, or had it when it died; it was not removed. `ended`: it has run. `gone`: no such job. */
export type RemoveOutcome = (typeof WITHDRAW_OUTCOMES)[keyof typeof WITHDRAW_OUTCOMES];

export interface JobCounts {
  readonly waiting: number;
  readonly active: number;
  readonly delayed: number;
  readonly completed: number;
  readonly failed: number;
}

export interface LoadedJob {
  readonly state: JobState;
  readonly payload: StagePayloads[Stage];
  /** What BullMQ or the worker noted when it failed for good. */
  readonly failedReason: string | null;
}

/** The one queue. Every method but `close` throws UnavailableFault where Redis does not answer. */
export interface CourseQueue {
  /** Idempotent: a job whose id exists, in whatever state, stays as it is. @throws PermanentFault for a bad payload. */
  add(spec: JobSpec): Promise<void>;
  /** As `add`, for all of them or, where Redis does not answer, possibly for some: add them again. */
  addMany(specs: readonly JobSpec[]): Promise<void>;
  remove(jobId: string): Promise<RemoveOutcome>;
  state(jobId: string): Promise<JobState>;
  /** The states of all at one instant, in their order. */
  states(jobIds: readonly string[]): Promise<JobState[]>;
  /** A job with what it carries; null for no such job. @throws PermanentFault where its data is not valid. */
  load(jobId: string): Promise<LoadedJob | null>;
  /** Place among waiting jobs, 1 is next; null for a job that does not wait. */
  position(jobId: string): Promise<number | null>;
  /** Lets a waiting or delayed job run earlier, behind those already there; never later. False: nothing to raise. */
  raisePriority(jobId: string, priority: number): Promise<boolean>;
  /**
   * Lets delayed jobs run now whose time, by Redis's clock, is farther ahead than any delay of ours, or long past: the
   * clock of the worker that set it, or of those that are to notice it, is wrong. Gives their ids; a bounded number a call.
   */
  hasten(): Promise<string[]>;
  counts(): Promise<JobCounts>;
  /** BullMQ's own queue, for Bull Board. */
  readonly bull: Queue;
  close(): Promise<void>;
}

/** Redis counts the jobs of a priority in the lower 32 bits of the score (BullMQ, getPriorityScore.lua). */
const PRIORITY_UNIT = 2 ** 32;
const STATES_AT_ONCE = 1_000;

export interface CourseQueueOptions {
  /** Carries traces through the queue. */
  readonly telemetry?: Telemetry | undefined;
}

export function createCourseQueue(redis: RedisClient, keys: Keys, { telemetry }: CourseQueueOptions = {}): CourseQueue {
  const bull = new Queue(QUEUE_NAME, {
    connection: redis,
    prefix: keys.tag,
    // Else a queue made while Redis is down would stay broken for ever: its start-up is tried only once.
    skipWaitingForReady: true,
    skipVersionCheck: true,
    ...(telemetry ? { telemetry } : {}),
  });
  // The connection reports its own failures; without a listener BullMQ would print each of them.
  bull.on('error', () => {});

  const listKeys = ['prioritized', 'wait', 'delayed', 'active', 'completed', 'failed'].map((name) => bull.toKey(name));
  const readStates = async (jobIds: readonly string[]) =>
    ((await runScript(redis, STATES, listKeys, jobIds)) as unknown[]).map((code) => outcomeOf(JOB_STATES, code));

  return {
    bull,
    add: (spec) => orUnavailable(addAll(bull, [spec])),
    addMany: (specs) => orUnavailable(addAll(bull, specs)),
    async remove(jobId) {
      const jobKeys = [bull.toKey(jobId), bull.toKey(`${jobId}:logs`)];
      const reply = await orUnavailable(runScript(redis, WITHDRAW, [...listKeys, ...jobKeys], [jobId]));
      return outcomeOf(WITHDRAW_OUTCOMES, reply);
    },
    async state(jobId) {
      const [state] = await orUnavailable(readStates([jobId]));
      return state ?? 'missing';
    },
    async states(jobIds) {
      const parts = Array.from({ length: Math.ceil(jobIds.length / STATES_AT_ONCE) }, (_, part) =>
        jobIds.slice(part * STATES_AT_ONCE, (part + 1) * STATES_AT_ONCE),
      );
      return (await orUnavailable(Promise.all(parts.map(readStates)))).flat();
    },
    load: (jobId) => orUnavailable(loadJob(bull, jobId, readStates)),
    position: (jobId) => orUnavailable(readPosition(redis, bull, jobId)),
    raisePriority: (jobId, priority) => orUnavailable(raise(redis, bull, jobId, priority)),
    hasten: () => orUnavailable(hastenPutOff(redis, bull, keys)),
    counts: () => orUnavailable(readCounts(bull)),
    close: () => bull.close(),
  };
}

async function addAll(bull: Queue, specs: readonly JobSpec[]): Promise<void> {
  const jobs = specs.map((spec) => ({
    name: spec.stage,
    data: parsePayload(spec.stage, spec.payload),
    opts: jobOptions(spec),
  }));
  const [only] = jobs;
  if (only && jobs.length === 1) await bull.add(only.name, only.data, only.opts);
  else if (only) await bull.addBulk(jobs);
}

async function loadJob(
  bull: Queue,
  jobId: string,
  readStates: (jobIds: string[]) => Promise<JobState[]>,
): Promise<LoadedJob | null> {
  const [job, [state]] = await Promise.all([bull.getJob(jobId), readStates([jobId])]);
  if (!job || state === undefined || state === 'missing') return null;
  const stage = stageSchema.safeParse(job.name);
  if (!stage.success) throw new PermanentFault('A job of an unknown kind.', { jobId, name: job.name });
  return { state, payload: parsePayload(stage.data, job.data), failedReason: job.failedReason ?? null };
}

/** Jobs of workers that died are in the list `wait` and go first, from its end; then come the prioritized ones. */
async function readPosition(redis: RedisClient, bull: Queue, jobId: string): Promise<number | null> {
  const [rank, listed, place] = await Promise.all([
    redis.zrank(bull.toKey('prioritized'), jobId),
    redis.llen(bull.toKey('wait')),
    redis.lpos(bull.toKey('wait'), jobId),
  ]);
  if (place !== null) return Math.max(1, listed - place);
  return rank === null ? null : listed + rank + 1;
}

async function raise(redis: RedisClient, bull: Queue, jobId: string, priority: number): Promise<boolean> {
  const [waiting, delayed] = await Promise.all([
    redis.zscore(bull.toKey('prioritized'), jobId),
    redis.zscore(bull.toKey('delayed'), jobId),
  ]);
  if (waiting === null && delayed === null) return false;
  if (waiting !== null && Math.floor(Number(waiting) / PRIORITY_UNIT) <= priority) return false;
  const job: Job | undefined = await bull.getJob(jobId);
  if (!job || job.priority <= priority) return false;
  await job.changePriority({ priority });
  return true;
}

/** BullMQ's score of a delayed job is its time in ms, times this, and a counter. */
const DELAY_UNIT = 2 ** 12;
/** Clocks differ by so much without anything being wrong, and workers that are busy notice a delayed job late. */
const DELAY_TOLERANCE_MS = 10_000;

const HASTENED_AT_ONCE = 100;

async function hastenPutOff(redis: RedisClient, bull: Queue, keys: Keys): Promise<string[]> {
  const nowMs = await redisNowMs(redis, keys);
  const outside = (least: number | '-inf', most: number | '+inf') =>
    redis.zrangebyscore(bull.toKey('delayed'), least, most, 'LIMIT', 0, HASTENED_AT_ONCE);
  const [past, ahead] = await Promise.all([
    outside('-inf', (nowMs - DELAY_TOLERANCE_MS) * DELAY_UNIT),
    outside((nowMs + LONGEST_DELAY_MS + DELAY_TOLERANCE_MS) * DELAY_UNIT, '+inf'),
  ]);
  const hastened: string[] = [];
  for (const jobId of [...past, ...ahead]) {
    if (await promote(redis, bull, jobId)) hastened.push(jobId);
  }
  return hastened;
}

async function promote(redis: RedisClient, bull: Queue, jobId: string): Promise<boolean> {
  const job: Job | undefined = await bull.getJob(jobId);
  try {
    await job?.promote();
    return job !== undefined;
  } catch (error) {
    // A worker may have noticed it in this very moment.
    if ((await redis.zscore(bull.toKey('delayed'), jobId)) === null) return false;
    throw error;
  }
}

async function readCounts(bull: Queue): Promise<JobCounts> {
  const counts = await bull.getJobCounts('wait', 'prioritized', 'active', 'delayed', 'completed', 'failed');
  const count = (name: string) => counts[name] ?? 0;
  return {
    waiting: count('wait') + count('prioritized'),
    active: count('active'),
    delayed: count('delayed'),
    completed: count('completed'),
    failed: count('failed'),
  };
}
