import { z } from 'zod';
import type { DbClient } from './clients.ts';
import { type CallOptions, createRpc } from './rpc.ts';

const trashOutcomeSchema = z.discriminatedUnion('outcome', [
  /** `cancelled`: the generation that was ended for it. */
  z.object({ outcome: z.literal('trashed'), cancelled: z.string().nullable() }),
  z.object({ outcome: z.literal('in_flight'), generationId: z.string().nullable() }),
]);

const trashedCourseSchema = z.object({
  id: z.uuid(),
  title: z.string(),
  deletedAt: z.string(),
  /** Until then it can be restored. */
  purgeAt: z.string(),
});
export type TrashedCourse = z.infer<typeof trashedCourseSchema>;

const trashPageSchema = z.object({ total: z.number().int(), courses: z.array(trashedCourseSchema) });

export type TrashStore = ReturnType<typeof createTrashStore>;

/**
 * Deleted courses. For the server's own client: each call names the user, who must have been verified, and touches
 * nothing of others. @throws UnavailableFault, Fault
 */
export function createTrashStore(client: DbClient) {
  const rpc = createRpc(client);
  return {
    /** Null when it is no course of the user's. Ends a generation in flight only where `cancel` says so. Safe to repeat. */
    trash(userId: string, courseId: string, { cancel, ...options }: CallOptions & { readonly cancel: boolean }) {
      const args = { p_user_id: userId, p_course_id: courseId, p_cancel: cancel };
      return rpc('trash_course', args, trashOutcomeSchema.nullable(), options);
    },

    /** False when it is not in the trash any more. Safe to repeat. */
    restore(userId: string, courseId: string): Promise<boolean> {
      return rpc('restore_course', { p_user_id: userId, p_course_id: courseId }, z.boolean());
    },

    /** From then on it can't be restored; a worker removes it soon. False when it is not in the trash. */
    erase(userId: string, courseId: string): Promise<boolean> {
      return rpc('erase_course', { p_user_id: userId, p_course_id: courseId }, z.boolean());
    },

    /** Courses that can be restored, last deleted first; `total` is how many there are altogether. */
    list(userId: string, { offset, limit }: { readonly offset: number; readonly limit: number }) {
      return rpc('list_trash', { p_user_id: userId, p_offset: offset, p_limit: limit }, trashPageSchema);
    },

    /** The ids of some courses, at most `limit`, that are to be removed for good. */
    listPurgeable(limit: number, options?: CallOptions): Promise<string[]> {
      return rpc('list_purgeable', { p_limit: limit }, z.array(z.uuid()), options);
    },
  };
}
