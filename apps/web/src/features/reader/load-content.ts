import { must } from '@megacampus/db/clients';
import { cache } from 'react';
import { z } from 'zod';
import type { SessionUser } from '@/features/session/session-user.ts';
import type { ContentView, LessonLink } from './content-view.ts';

const glossarySchema = z.array(z.object({ term: z.string(), definition: z.string() })).catch([]);

interface LessonRow {
  readonly position: number;
  readonly title: string;
  readonly duration_minutes: number;
  readonly status: string;
}

export function toLessonLink(row: LessonRow): LessonLink {
  return {
    position: row.position,
    title: row.title,
    durationMinutes: row.duration_minutes,
    isFailed: row.status === 'failed',
  };
}

/**
 * What there is to read: the last generation of the course that was completed, whatever has been tried since. Null
 * when there is none yet. Read once a request.
 *
 * @throws UnavailableFault
 */
export const loadContent = cache(async (db: SessionUser['db'], courseId: string): Promise<ContentView | null> => {
  const query = db
    .from('generations')
    .select(
      'id, model, finished_at, overview, glossary, sections(position, title, summary, lessons(position, title, duration_minutes, status))',
    )
    .eq('course_id', courseId)
    .eq('status', 'completed')
    .not('outlined_at', 'is', null)
    .order('finished_at', { ascending: false })
    .order('position', { referencedTable: 'sections' })
    .order('position', { referencedTable: 'sections.lessons' })
    .limit(1);
  const row = must(await query.maybeSingle(), 'database');
  if (row === null) return null;
  return {
    generationId: row.id,
    engine: row.model,
    finishedAt: row.finished_at,
    overview: row.overview ?? '',
    glossary: glossarySchema.parse(row.glossary),
    sections: row.sections.map(({ position, title, summary, lessons }) => ({
      position,
      title,
      summary,
      lessons: lessons.map(toLessonLink),
    })),
  };
});
