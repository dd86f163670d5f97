import { hasEnded } from '@megacampus/domain/steps';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { courseOfPage } from '@/features/course/load-course.ts';
import { lessonOfPage } from '@/features/course/load-lesson-page.ts';
import { lessonsOf } from '@/features/reader/content-view.ts';
import { LessonPage } from '@/features/reader/lesson-page.tsx';
import { loadContent } from '@/features/reader/load-content.ts';
import { loadReading } from '@/features/reading/load-reading.ts';
import { LessonBanner } from '@/features/rewrite/lesson-banner.tsx';
import { LessonTools } from '@/features/rewrite/lesson-tools.tsx';
import { loadRewriting } from '@/features/rewrite/load-rewriting.ts';

interface Props {
  readonly params: Promise<{ slug: string; position: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, position } = await params;
  const { user, course } = await courseOfPage(slug);
  const content = course && (await loadContent(user.db, course.id));
  const title = content && lessonsOf(content).find((lesson) => String(lesson.position) === position)?.title;
  return title ? { title: `${title} · ${course?.brief.title}` } : {};
}

export default async function Page({ params }: Props) {
  const { slug, position } = await params;
  const found = await lessonOfPage(slug, position);
  if (found === null) notFound();
  const { user, course, book, content, lesson } = found;
  const [reading, rewriting] = await Promise.all([
    loadReading(user.id, course.id),
    loadRewriting(user.db, course.generationId),
  ]);
  const isIdle = hasEnded(course.generationStatus);
  return (
    <LessonPage
      book={book}
      content={content}
      lesson={lesson}
      reading={reading}
      tools={isIdle ? <LessonTools book={book} slug={course.slug} lesson={lesson} /> : null}
      banner={<LessonBanner course={course} lesson={lesson} rewriting={rewriting} />}
    />
  );
}
