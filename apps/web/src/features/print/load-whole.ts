import { must } from '@megacampus/db/clients';
import type { LessonView } from '@/features/reader/content-view.ts';
import { toLessonView } from '@/features/reader/load-lesson.ts';
import type { SessionUser } from '@/features/session/session-user.ts';

/** Lessons asked for at a time: an answer with hundreds would take long to come, and long to be read. */
const LESSONS_PER_READ = 50;

/** Every lesson of a generation with its questions and sources, in order. @throws UnavailableFault */
export async function loadWhole(db: SessionUser['db'], generationId: string, count: number): Promise<LessonView[]> {
  const reads = Array.from({ length: Math.ceil(count / LESSONS_PER_READ) }, async (_, index) => {
    const query = db
      .from('lessons')
      .select('*, quiz_questions(*), citations(*)')
      .eq('generation_id', generationId)
      .order('position')
      .order('position', { referencedTable: 'quiz_questions' })
      .order('position', { referencedTable: 'citations' });
    const rows = must(await query.range(index * LESSONS_PER_READ, (index + 1) * LESSONS_PER_READ - 1), 'database');
    return rows.map((row) => toLessonView(row, row.quiz_questions, row.citations));
  });
  return (await Promise.all(reads)).flat();
}
