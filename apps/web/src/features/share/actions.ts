'use server';

import { z } from 'zod';
import { getDeps } from '@/deps.ts';
import { sessionUser } from '@/features/session/session-user.ts';
import { requestLog } from '@/http/request-log.ts';

/** What became of a link: its token, null when there is none (any more), or that nothing could be done. */
export type ShareOutcome = { readonly kind: 'done'; readonly token: string | null } | { readonly kind: 'failed' };

const idSchema = z.uuid();

/** Makes the link to a course, or shows the one there is. */
export async function shareCourse(courseId: string): Promise<ShareOutcome> {
  return change(courseId, async (userId) => {
    const token = await getDeps().shares.share(userId, courseId);
    return token === null ? { kind: 'failed' } : { kind: 'done', token };
  });
}

/** Withdraws the link, for ever. */
export async function withdrawShare(courseId: string): Promise<ShareOutcome> {
  return change(courseId, async (userId) => {
    await getDeps().shares.withdraw(userId, courseId);
    return { kind: 'done', token: null };
  });
}

async function change(courseId: string, work: (userId: string) => Promise<ShareOutcome>): Promise<ShareOutcome> {
  if (!idSchema.safeParse(courseId).success) return { kind: 'failed' };
  try {
    const user = await sessionUser();
    return user === null ? { kind: 'failed' } : await work(user.id);
  } catch (err) {
    (await requestLog()).error({ err, courseId }, 'a link to a course was not changed');
    return { kind: 'failed' };
  }
}
