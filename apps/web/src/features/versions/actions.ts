'use server';

import { z } from 'zod';
import { getDeps } from '@/deps.ts';
import { sessionUser } from '@/features/session/session-user.ts';
import { requestLog } from '@/http/request-log.ts';

const argsSchema = z.object({ lessonId: z.uuid(), revisionId: z.uuid(), expectedVersion: z.number().int() });

export type RestoreOutcome = 'saved' | 'conflict' | 'busy' | 'not_found' | 'failed';

/** Brings an earlier text of a lesson back; the present one becomes an earlier one. */
export async function restoreRevision(args: z.infer<typeof argsSchema>): Promise<RestoreOutcome> {
  const parsed = argsSchema.safeParse(args);
  if (!parsed.success) return 'failed';
  try {
    const user = await sessionUser();
    if (user === null) return 'failed';
    return (await getDeps().lessons.restore(user.id, parsed.data)).outcome;
  } catch (err) {
    (await requestLog()).error({ err, lessonId: parsed.data.lessonId }, 'an earlier text was not restored');
    return 'failed';
  }
}
