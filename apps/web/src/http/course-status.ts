import type { CheckStatusResponse } from '@megacampus/domain/api';
import { hasEnded, STAGES } from '@megacampus/domain/steps';
import type { Logger } from '@megacampus/log';
import type { CourseQueue } from '@megacampus/queue/queue';
import { SLOT_TTL_MS, type Slots } from '@megacampus/queue/slots';
import type { CourseState } from './course-states.ts';

/**
 * Silence, in ms, after which a generation without a lease is stuck. A lease is renewed every second by a running
 * job, every three by the reconciler for one that waits, and lives a minute: without one, nobody is at work.
 */
const STUCK_AFTER_MS = SLOT_TTL_MS;

export interface StatusDeps {
  readonly queue: Pick<CourseQueue, 'position'>;
  readonly slots: Pick<Slots, 'get'>;
  readonly log: Logger;
}

/**
 * A course's state as clients see it. The place in the queue is left out (null) while Redis is down: the rest is
 * known all the same.
 */
export async function describeStatus(course: CourseState, deps: StatusDeps): Promise<CheckStatusResponse> {
  const [queuePosition, isStuck] = await Promise.all([placeInQueue(course, deps), showsNoLife(course, deps)]);
  return {
    courseId: course.id,
    slug: course.slug,
    currentStatus: course.status,
    currentGenerationStatus: course.generation_status,
    generationProgress: course.generation_progress,
    queuePosition,
    // PostgREST and the local API write times differently.
    updatedAt: new Date(course.updated_at).toISOString(),
    isStuck,
  };
}

/** Lessons are many jobs that run side by side; only the stages that are one job have a place. */
const SINGLE_JOB_STAGES = STAGES.filter((stage) => stage !== 'text_generation');

/** The first of the course's jobs that waits; which stage is next is known only to the generation itself. */
async function placeInQueue(course: CourseState, { queue, log }: StatusDeps): Promise<number | null> {
  const { generation_id: id, generation_status: status } = course;
  if (id === null || hasEnded(status)) return null;
  try {
    const jobIds = [id, ...SINGLE_JOB_STAGES.map((stage) => `${id}.${stage}`)];
    const places = await Promise.all(jobIds.map((jobId) => queue.position(jobId)));
    const waiting = places.filter((place) => place !== null);
    return waiting.length === 0 ? null : Math.min(...waiting);
  } catch (err) {
    log.warn({ err }, 'place in the queue unknown');
    return null;
  }
}

/** Measured from the last sign of life, never from the start: long courses take long. Nobody works while Redis is down. */
async function showsNoLife(course: CourseState, { slots, log }: StatusDeps): Promise<boolean> {
  if (hasEnded(course.generation_status)) return false;
  const since = course.last_progress_update ?? course.generation_started_at;
  if (since === null || Date.now() - Date.parse(since) < STUCK_AFTER_MS) return false;
  try {
    return (await slots.get(course.id))?.generationId !== course.generation_id;
  } catch (err) {
    log.warn({ err }, 'sign of life unknown');
    return true;
  }
}
