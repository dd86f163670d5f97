import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getDeps } from '@/deps.ts';
import { lessonsOf } from '@/features/reader/content-view.ts';
import { LessonPage } from '@/features/reader/lesson-page.tsx';
import { loadLesson, positionOf } from '@/features/reader/load-lesson.ts';
import { loadShared, SHARED_METADATA } from '@/features/share/load-shared.ts';

interface Props {
  readonly params: Promise<{ token: string; position: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { token, position } = await params;
  const shared = await loadShared(token);
  const title = shared && lessonsOf(shared.content).find((lesson) => String(lesson.position) === position)?.title;
  return title ? { ...SHARED_METADATA, title: `${title} · ${shared.book.title}` } : SHARED_METADATA;
}

export default async function SharedLessonPage({ params }: Props) {
  const { token, position } = await params;
  const shared = await loadShared(token);
  const number = positionOf(position);
  if (shared === null || number === null) notFound();
  const lesson = await loadLesson(getDeps().sharedReader, shared.content.generationId, number);
  if (lesson === null) notFound();
  return <LessonPage book={shared.book} content={shared.content} lesson={lesson} reading={null} />;
}
