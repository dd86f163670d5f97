import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { bookOf, courseOfPage } from '@/features/course/load-course.ts';
import { loadWhole } from '@/features/print/load-whole.ts';
import { PrintPage } from '@/features/print/print-page.tsx';
import { lessonsOf } from '@/features/reader/content-view.ts';
import { loadContent } from '@/features/reader/load-content.ts';

interface Props {
  readonly params: Promise<{ slug: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { course } = await courseOfPage((await params).slug);
  return course === null ? {} : { title: course.brief.title };
}

/** The whole course for paper. */
export default async function CoursePrintPage({ params }: Props) {
  const { user, course } = await courseOfPage((await params).slug);
  const content = course && (await loadContent(user.db, course.id));
  if (!content) notFound();
  const lessons = await loadWhole(user.db, content.generationId, lessonsOf(content).length);
  return <PrintPage book={bookOf(course)} content={content} lessons={lessons} />;
}
