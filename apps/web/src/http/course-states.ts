import type { createServiceClient } from '@megacampus/db/clients';
import { must } from '@megacampus/db/clients';
import { courseStatusSchema, generationProgressSchema, generationStatusSchema } from '@megacampus/domain/steps';
import { z } from 'zod';

const courseStateSchema = z.object({
  id: z.uuid(),
  slug: z.string(),
  user_id: z.uuid(),
  status: courseStatusSchema,
  generation_id: z.string().nullable(),
  generation_status: generationStatusSchema.nullable(),
  /** Null also for what no version of ours has written: a status must be readable all the same. */
  generation_progress: generationProgressSchema.nullable().catch(null),
  generation_started_at: z.string().nullable(),
  last_progress_update: z.string().nullable(),
  updated_at: z.string(),
});

/** What the API tells about a course while it is generated. */
export type CourseState = z.infer<typeof courseStateSchema>;

export interface CourseStates {
  /** Whoever owns it: the caller must be checked. Null for one in the trash. @throws UnavailableFault */
  bySlug(slug: string): Promise<CourseState | null>;
}

const COLUMNS = Object.keys(courseStateSchema.shape).join(',');

/** A single row by its key; the rest of a request's five seconds is for others. */
const READ_TIMEOUT_MS = 1_500;

export function createCourseStates(client: ReturnType<typeof createServiceClient>): CourseStates {
  return {
    async bySlug(slug) {
      const query = client.from('courses').select(COLUMNS).eq('slug', slug).is('deleted_at', null);
      const row = must(await query.abortSignal(AbortSignal.timeout(READ_TIMEOUT_MS)).maybeSingle(), 'database');
      return courseStateSchema.nullable().parse(row);
    },
  };
}
