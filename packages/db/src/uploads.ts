import { z } from 'zod';
import type { DbClient } from './clients.ts';
import { DOCUMENT_BUCKET } from './documents.ts';
import { must } from './must.ts';
import { createRpc } from './rpc.ts';

const uploadAdmissionSchema = z.enum(['admitted', 'not_found', 'too_many']);
/** `not_found`: no course of the user's. `too_many`: of what they began to upload, too much is unfinished. */
export type UploadAdmission = z.infer<typeof uploadAdmissionSchema>;

export type UploadStore = ReturnType<typeof createUploadStore>;

/**
 * Files on their way to becoming documents. For the server's own client: the user must have been verified.
 * @throws UnavailableFault, Fault
 */
export function createUploadStore(client: DbClient) {
  const rpc = createRpc(client);
  return {
    /** Lets the user store a file at `path` within an hour. Without it the bucket takes nothing of theirs. Safe to repeat. */
    admit(userId: string, courseId: string, path: string): Promise<UploadAdmission> {
      const args = { p_user_id: userId, p_course_id: courseId, p_path: path };
      return rpc('admit_upload', args, uploadAdmissionSchema);
    },

    /** Nothing may be stored at `path` any more. False when nothing could. */
    withdraw(userId: string, path: string): Promise<boolean> {
      return rpc('withdraw_upload', { p_user_id: userId, p_path: path }, z.boolean());
    },

    /** Removes files that have been no document for a day or more, at most `limit`. Returns their names. Safe to repeat. */
    async removeStray(limit: number): Promise<string[]> {
      const paths = await rpc('list_stray_files', { p_limit: limit }, z.array(z.string()));
      if (paths.length > 0) must(await client.storage.from(DOCUMENT_BUCKET).remove(paths), 'storage');
      return paths;
    },
  };
}
