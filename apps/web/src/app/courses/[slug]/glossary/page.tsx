import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { courseOfPage } from '@/features/course/load-course.ts';
import { Breadcrumbs } from '@/features/reader/breadcrumbs.tsx';
import { loadContent } from '@/features/reader/load-content.ts';
import { PageFrame } from '@/features/shell/page-frame.tsx';

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
  const t = await getTranslations('reader');
  return (
    <PageFrame width="medium">
      <Breadcrumbs slug={course.slug} title={course.brief.title} />
      <h1 className="mb-8 font-semibold text-3xl">{t('glossary')}</h1>
      {content.glossary.length === 0 ? (
        <p className="text-muted-foreground">{t('glossaryEmpty')}</p>
      ) : (
        <dl lang={course.brief.language} className="divide-y rounded-xl border bg-card px-5">
          {content.glossary.map(({ term, definition }) => (
            <div key={term} className="space-y-1 py-4">
              <dt className="font-semibold">{term}</dt>
              <dd className="text-muted-foreground leading-relaxed">{definition}</dd>
            </div>
          ))}
        </dl>
      )}
    </PageFrame>
  );
}
