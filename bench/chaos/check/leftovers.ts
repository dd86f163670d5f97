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

/** Counters, marks and signs of life. They may be there as they end by themselves, and so each has to. */
const PASSING = ['rate', 'model-health', 'spent-ticket'].map((name) => `${TAG}:${name}:`);

/** No slot is held, no job waits or runs, and no key is there that belongs to none or stays for ever. */
export function checkLeftovers({ leases, jobs, ended, keys }: Aftermath): Violation[] {
  const found: string[] = [];
  for (const { generationId, courseId } of leases) found.push(`${generationId} holds the slot of course ${courseId}`);
  for (const { id, state } of jobs) found.push(`job ${id} is ${state}`);
  if (ended.completed.length > COMPLETED_MOST) found.push(`${ended.completed.length} completed jobs are kept`);
  const ofJobs = new Set([...ended.completed, ...ended.failed].flatMap((id) => [id, `${id}:logs`].map(nameOf)));
  for (const { name, expires } of keys) {
    if (PASSING.some((prefix) => name.startsWith(prefix))) {
      if (!expires) found.push(`key ${name} never ends`);
    } else if (!LASTING.has(name) && !ofJobs.has(name)) found.push(`key ${name} is left over`);
  }
  return found.map((text) => ({ category: 'leaked', text, mayPass: true }));
}

const nameOf = (rest: string) => `${QUEUE}:${rest}`;
