import { must } from '@megacampus/db/clients';
import { generationStatusSchema } from '@megacampus/domain/steps';
import { z } from 'zod';
import type { SessionUser } from '@/features/session/session-user.ts';
import type { CourseCardView } from './course-card-view.ts';

/** More than a person makes; a longer list needs pages. */
const LIST_MAX = 200;

const progressSchema = z
  .object({ percentage: z.number(), files: z.array(z.unknown()) })
  .catch({ percentage: 0, files: [] });

/** The user's courses, the newest first. @throws UnavailableFault */
export async function loadCourses(user: SessionUser): Promise<CourseCardView[]> {
  const [courses, completed] = await Promise.all([
    user.db
      .from('courses')
      .select('id, slug, title, created_at, generation_status, generation_progress')
      .eq('user_id', user.id)
      .order('created_at', { ascending: false })
      .limit(LIST_MAX),
    user.db.from('generations').select('course_id').eq('user_id', user.id).eq('status', 'completed'),
  ]);
  const readable = new Set(must(completed, 'database').map((row) => row.course_id));
  return must(courses, 'database').map((row) => {
    const { percentage, files } = progressSchema.parse(row.generation_progress);
    return {
      slug: row.slug,
      title: row.title,
      createdAt: row.created_at,
      documents: files.length,
      status: generationStatusSchema.nullable().parse(row.generation_status),
      percentage,
      isReadable: readable.has(row.id),
    };
  });
}
