'use server';

import { type TrashOutcome, trashCourse } from '@megacampus/orchestrator/trash-course';
import { z } from 'zod';
import { getDeps } from '@/deps.ts';
import { sessionUser } from '@/features/session/session-user.ts';
import { requestLog } from '@/http/request-log.ts';

export type DeleteOutcome = TrashOutcome['kind'] | 'failed';
export type RestoreOutcome = 'restored' | 'not_found' | 'failed';
export type EraseOutcome = 'erased' | 'failed';

const idSchema = z.uuid();

/** A few calls to the database and to Redis. */
const DELETE_TIMEOUT_MS = 4_000;

/** Puts a course into the trash. One that is being generated only where `cancel` says that the work may be cancelled. */
export async function deleteCourse(courseId: string, cancel: boolean): Promise<DeleteOutcome> {
  return change(courseId, async (userId) => {
    const { orchestrator, trash } = getDeps();
    const deps = { ...orchestrator, trash, log: (await requestLog()).child({ userId, courseId }) };
    const request = { userId, courseId, cancel: cancel === true };
    const outcome = await trashCourse(deps, request, AbortSignal.timeout(DELETE_TIMEOUT_MS));
    deps.log.info({ outcome: outcome.kind }, 'delete course');
    return outcome.kind;
  });
}

/** Takes a course out of the trash. */
export async function restoreCourse(courseId: string): Promise<RestoreOutcome> {
  return change(courseId, async (userId) =>
    (await getDeps().trash.restore(userId, courseId)) ? 'restored' : 'not_found',
  );
}

/** Gives a course in the trash up for good; a worker removes it with its files. */
export async function eraseCourse(courseId: string): Promise<EraseOutcome> {
  return change(courseId, async (userId) => {
    await getDeps().trash.erase(userId, courseId);
    return 'erased';
  });
}

async function change<Outcome extends string>(
  courseId: string,
  work: (userId: string) => Promise<Outcome>,
): Promise<Outcome | 'failed'> {
  if (!idSchema.safeParse(courseId).success) return 'failed';
  try {
    const user = await sessionUser();
    return user === null ? 'failed' : await work(user.id);
  } catch (err) {
    (await requestLog()).error({ err, courseId }, 'the trash was not changed');
    return 'failed';
  }
}
