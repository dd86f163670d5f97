import type { Book, ContentView, LessonView } from '@/features/reader/content-view.ts';
import { loadContent } from '@/features/reader/load-content.ts';
import { loadLesson, positionOf } from '@/features/reader/load-lesson.ts';
import type { SessionUser } from '@/features/session/session-user.ts';
import { bookOf, type CourseView, courseOfPage } from './load-course.ts';

export interface LessonOfPage {
  readonly user: SessionUser;
  readonly course: CourseView;
  readonly book: Book;
  readonly content: ContentView;
  readonly lesson: LessonView;
}

/** The lesson of a page's address; null where there is none of the user's. @throws UnavailableFault */
export async function lessonOfPage(slug: string, position: string): Promise<LessonOfPage | null> {
  const { user, course } = await courseOfPage(slug);
  const content = course && (await loadContent(user.db, course.id));
  const number = positionOf(position);
  if (course === null || content === null || number === null) return null;
  const lesson = await loadLesson(user.db, content.generationId, number);
  return lesson === null ? null : { user, course, book: bookOf(course), content, lesson };
}
