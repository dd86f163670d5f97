import type { Aftermath } from '../observe/aftermath.ts';
import { QUEUE, TAG } from '../observe/snapshot.ts';
import type { Violation } from './violation.ts';

/** `removeOnComplete` of the queue. */
const COMPLETED_MOST = 100;

/** What stays in a Redis in which nothing is going on. */
const LASTING = new Set([
  ...['meta', 'id', 'events', 'pc', 'marker', 'stalled-check', 'completed', 'failed'].map((name) => `${QUEUE}:${name}`),
  ...['workers', 'reconciler', 'limits:global'].map((name) => `${TAG}:${name}`),
]);

/** Counters, marks and signs of life, which end by themselves. */
const PASSING = ['rate', 'model-health', 'spent-ticket'].map((name) => `${TAG}:${name}:`);

/** No slot is held, no job waits or runs, and no key is there that belongs to none. */
export function checkLeftovers({ leases, jobs, ended, keys }: Aftermath): Violation[] {
  const found: string[] = [];
  for (const { generationId, courseId } of leases) found.push(`${generationId} holds the slot of course ${courseId}`);
  for (const { id, state } of jobs) found.push(`job ${id} is ${state}`);
  if (ended.completed.length > COMPLETED_MOST) found.push(`${ended.completed.length} completed jobs are kept`);
  const ofJobs = new Set([...ended.completed, ...ended.failed].flatMap((id) => [id, `${id}:logs`].map(nameOf)));
  const isExpected = (key: string) =>
    LASTING.has(key) || ofJobs.has(key) || PASSING.some((prefix) => key.startsWith(prefix));
  for (const key of keys) if (!isExpected(key)) found.push(`key ${key} is left over`);
  return found.map((text) => ({ category: 'leaked', text, mayPass: true }));
}

const nameOf = (rest: string) => `${QUEUE}:${rest}`;
