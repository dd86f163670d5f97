import { hasEnded } from '@megacampus/domain/steps';
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { bookOf, courseOfPage } from '@/features/course/load-course.ts';
import { lessonsOf } from '@/features/reader/content-view.ts';
import { LessonPage } from '@/features/reader/lesson-page.tsx';
import { loadContent } from '@/features/reader/load-content.ts';
import { loadLesson, positionOf } from '@/features/reader/load-lesson.ts';
import { loadReading } from '@/features/reading/load-reading.ts';
import { Alert } from '@/ui/alert.tsx';

interface Props {
  readonly params: Promise<{ slug: string; position: string }>;
}

async function findContent(slug: string) {
  const { user, course } = await courseOfPage(slug);
  const content = course && (await loadContent(user.db, course.id));
  return content ? { user, course, content } : null;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, position } = await params;
  const found = await findContent(slug);
  const title = found && lessonsOf(found.content).find((lesson) => String(lesson.position) === position)?.title;
  return title ? { title: `${title} · ${found.course.brief.title}` } : {};
}

export default async function Page({ params }: Props) {
  const { slug, position } = await params;
  const found = await findContent(slug);
  const number = positionOf(position);
  if (found === null || number === null) notFound();
  const { user, course, content } = found;
  const [lesson, reading, t] = await Promise.all([
    loadLesson(user.db, content.generationId, number),
    loadReading(user.id, course.id),
    getTranslations('reader'),
  ]);
  if (lesson === null) notFound();
  return (
    <LessonPage
      book={bookOf(course)}
      content={content}
      lesson={lesson}
      reading={reading}
      banner={hasEnded(course.generationStatus) ? null : <Alert tone="info">{t('newVersionRunning')}</Alert>}
    />
  );
}
