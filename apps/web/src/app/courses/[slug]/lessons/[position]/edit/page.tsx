import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { lessonOfPage } from '@/features/course/load-lesson-page.ts';
import { Editor } from '@/features/lesson-editor/editor.tsx';
import { Breadcrumbs } from '@/features/reader/breadcrumbs.tsx';
import { PageFrame } from '@/features/shell/page-frame.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';

interface Props {
  readonly params: Promise<{ slug: string; position: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('editor'))('title') };
}

export default async function LessonEditPage({ params }: Props) {
  const { slug, position } = await params;
  const found = await lessonOfPage(slug, position);
  if (found === null) notFound();
  const { book, lesson } = found;
  const href = `${book.base}/lessons/${lesson.position}`;
  // What was never written can be written by the server only.
  if (lesson.isFailed) redirect(href);
  const t = await getTranslations('editor');
  return (
    <PageFrame width="medium">
      <Breadcrumbs book={book} />
      <h1 className="mb-8 font-semibold text-3xl">{t('title')}</h1>
      <ClientMessages of={['editor']}>
        <Editor
          lessonId={lesson.id}
          title={lesson.title}
          content={lesson.content}
          version={lesson.version}
          href={href}
        />
      </ClientMessages>
    </PageFrame>
  );
}
