import { must } from '@megacampus/db/clients';
import { type Brief, briefSchema } from '@megacampus/domain/course';
import { type Failure, failureIn } from '@megacampus/domain/failures';
import { type GenerationStatus, generationStatusSchema } from '@megacampus/domain/steps';
import { cache } from 'react';
import type { Book } from '@/features/reader/content-view.ts';
import { requireUser, type SessionUser } from '@/features/session/session-user.ts';

export interface CourseView {
  readonly id: string;
  readonly slug: string;
  readonly brief: Brief;
  /** The newest generation, which need not be the one that is shown. */
  readonly generationId: string | null;
  readonly generationStatus: GenerationStatus | null;
  /** Why the last generation failed, in words for its owner. */
  readonly errorMessage: string | null;
  /** The same where it can be told in any language. */
  readonly failure: Failure | null;
}

/** The user's course of this name; null for anybody else's. Read once a request. @throws UnavailableFault */
const loadCourse = cache(async (user: SessionUser, slug: string): Promise<CourseView | null> => {
  const query = user.db.from('courses').select('*').eq('slug', slug).eq('user_id', user.id);
  const row = must(await query.maybeSingle(), 'database');
  if (row === null) return null;
  return {
    id: row.id,
    slug: row.slug,
    brief: briefSchema.parse(row),
    generationId: row.generation_id,
    generationStatus: generationStatusSchema.nullable().parse(row.generation_status),
    errorMessage: row.error_message,
    failure: failureIn(row.error_details),
  };
});

/** The course as its owner's pages of it. */
export function bookOf({ slug, brief }: CourseView): Book {
  return { base: `/courses/${slug}`, title: brief.title, language: brief.language };
}

/** The course of a page's address, for its title: null where the page itself will redirect or say "not found". */
export async function courseOfPage(slug: string): Promise<{ user: SessionUser; course: CourseView | null }> {
  const user = await requireUser(`/courses/${slug}`);
  return { user, course: await loadCourse(user, slug) };
}
