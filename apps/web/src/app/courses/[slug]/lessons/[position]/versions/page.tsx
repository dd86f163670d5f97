import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { getDeps } from '@/deps.ts';
import { lessonOfPage } from '@/features/course/load-lesson-page.ts';
import { VersionsPage } from '@/features/versions/versions-page.tsx';

interface Props {
  readonly params: Promise<{ slug: string; position: string }>;
  readonly searchParams: Promise<{ revision?: string | string[] }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('versions'))('title') };
}

export default async function LessonVersionsPage({ params, searchParams }: Props) {
  const { slug, position } = await params;
  const found = await lessonOfPage(slug, position);
  if (found === null) notFound();
  const { user, book, lesson } = found;
  const { lessons } = getDeps();
  const revisions = await lessons.listRevisions(user.id, lesson.id);
  const wanted = z.uuid().safeParse((await searchParams).revision);
  // Only what is in this lesson's list: another's would be compared with the wrong text.
  const link = wanted.success ? revisions.find(({ id }) => id === wanted.data) : revisions[0];
  const chosen = link === undefined ? null : await lessons.loadRevision(user.id, link.id);
  return <VersionsPage book={book} lesson={lesson} revisions={revisions} chosen={chosen} />;
}
