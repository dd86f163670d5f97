import { must } from '@megacampus/db/clients';
import { generationStatusSchema } from '@megacampus/domain/steps';
import { z } from 'zod';
import type { SessionUser } from '@/features/session/session-user.ts';
import type { CourseCardView } from './course-card-view.ts';
import { COURSES_PER_PAGE, type CourseQuery, likePattern, statusesOf } from './course-query.ts';

const progressSchema = z
  .object({ percentage: z.number(), files: z.array(z.unknown()) })
  .catch({ percentage: 0, files: [] });

const COLUMNS = 'id, slug, title, created_at, generation_status, generation_progress';

export interface CoursePage {
  readonly courses: readonly CourseCardView[];
  /** How many there are on all pages. */
  readonly total: number;
}

/** One page of the user's courses. @throws UnavailableFault */
export async function loadCourses(user: SessionUser, query: CourseQuery): Promise<CoursePage> {
  const total = await countCourses(user, query);
  const first = (query.page - 1) * COURSES_PER_PAGE;
  if (first >= total) return { courses: [], total };
  const asked = matching(user, query);
  const sorted =
    query.sort === 'title' ? asked.order('title') : asked.order('created_at', { ascending: query.sort === 'oldest' });
  // The id decides between equals, or one course could be on two pages and another on none.
  const rows = must(await sorted.order('id').range(first, first + COURSES_PER_PAGE - 1), 'database');
  const readable = await readableOf(
    user,
    rows.map((row) => row.id),
  );
  const courses = rows.map((row) => {
    const { percentage, files } = progressSchema.parse(row.generation_progress);
    return {
      id: row.id,
      slug: row.slug,
      title: row.title,
      createdAt: row.created_at,
      documents: files.length,
      status: generationStatusSchema.nullable().parse(row.generation_status),
      percentage,
      isReadable: readable.has(row.id),
    };
  });
  return { courses, total };
}

async function countCourses(user: SessionUser, query: CourseQuery): Promise<number> {
  const answer = await matching(user, query, { count: 'exact', head: true });
  must(answer, 'database');
  return answer.count ?? 0;
}

function matching(
  user: SessionUser,
  { search, filter }: CourseQuery,
  options?: { readonly count: 'exact'; readonly head: true },
) {
  let asked = user.db.from('courses').select(COLUMNS, options).eq('user_id', user.id);
  if (search !== '') asked = asked.ilike('title', likePattern(search));
  if (filter === 'all') return asked;
  const statuses = statusesOf(filter);
  return statuses === null ? asked.is('generation_status', null) : asked.in('generation_status', statuses);
}

/** Those of the courses that have a finished version. */
async function readableOf(user: SessionUser, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const query = user.db
    .from('generations')
    .select('course_id')
    .eq('status', 'completed')
    .in('course_id', [...ids]);
  return new Set(must(await query, 'database').map((row) => row.course_id));
}
