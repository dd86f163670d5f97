import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { bookOf, courseOfPage } from '@/features/course/load-course.ts';
import { GlossaryView } from '@/features/glossary/glossary-view.tsx';
import { loadContent } from '@/features/reader/load-content.ts';

interface Props {
  readonly params: Promise<{ slug: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('reader'))('glossary') };
}

export default async function GlossaryPage({ params }: Props) {
  const { user, course } = await courseOfPage((await params).slug);
  const content = course && (await loadContent(user.db, course.id));
  if (!content) notFound();
  return <GlossaryView book={bookOf(course)} glossary={content.glossary} />;
}
