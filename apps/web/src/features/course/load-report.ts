import { must } from '@megacampus/db/clients';
import { z } from 'zod';
import type { SessionUser } from '@/features/session/session-user.ts';

/** What the check of the whole course found; the shape is packages/generation/src/gates/whole-course.ts. */
const reportSchema = z.object({
  alike: z.array(z.object({ earlier: z.number().int(), later: z.number().int() })),
  objectives: z.array(z.string()),
  headings: z.array(z.string()),
  headingCount: z.number().int(),
});
export type CourseReport = z.infer<typeof reportSchema>;

/** Null when there is nothing to say: the course is in order, or was made before there was a check. @throws UnavailableFault */
export async function loadReport(db: SessionUser['db'], generationId: string): Promise<CourseReport | null> {
  const query = db.from('generations').select('course_report').eq('id', generationId);
  const row = must(await query.maybeSingle(), 'database');
  const report = reportSchema
    .nullable()
    .catch(null)
    .parse(row?.course_report ?? null);
  if (report === null) return null;
  const { alike, objectives, headings } = report;
  return alike.length + objectives.length + headings.length > 0 ? report : null;
}
