import { BookOpen, BookText } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ContentView } from '@/features/reader/content-view.ts';
import { ContentsList } from '@/features/reader/contents-list.tsx';
import { EngineNote } from '@/features/reader/engine-note.tsx';
import { Markdown } from '@/features/reader/markdown.tsx';
import { Button } from '@/ui/button.tsx';
import { LocalTime } from '@/ui/local-time.tsx';

interface CourseOverviewProps {
  readonly slug: string;
  readonly content: ContentView;
}

/** A finished course: what it holds and where to begin. */
export function CourseOverview({ slug, content }: CourseOverviewProps) {
  const t = useTranslations('reader');
  const lessons = content.sections.flatMap((section) => section.lessons);
  const minutes = lessons.reduce((sum, lesson) => sum + lesson.durationMinutes, 0);
  const { finishedAt } = content;
  return (
    <div className="space-y-10">
      <div className="space-y-5">
        <p className="flex flex-wrap gap-x-4 gap-y-1 text-muted-foreground text-sm">
          <span>{t('stats', { sections: content.sections.length, lessons: lessons.length, minutes })}</span>
          {finishedAt ? (
            <span>{t.rich('completedAt', { date: () => <LocalTime iso={finishedAt} as="date" /> })}</span>
          ) : null}
          <EngineNote engine={content.engine} />
        </p>
        <div className="flex flex-wrap gap-3">
          <Button asChild size="large">
            <Link href={`/courses/${slug}/lessons/${lessons[0]?.position ?? 1}`}>
              <BookOpen aria-hidden />
              {t('start')}
            </Link>
          </Button>
          <Button asChild size="large" variant="secondary">
            <Link href={`/courses/${slug}/glossary`}>
              <BookText aria-hidden />
              {t('glossary')}
            </Link>
          </Button>
        </div>
      </div>
      {content.overview ? (
        <section aria-labelledby="overview-title" className="space-y-3">
          <h2 id="overview-title" className="font-semibold text-xl">
            {t('overview')}
          </h2>
          <div className="max-w-3xl">
            <Markdown text={content.overview} />
          </div>
        </section>
      ) : null}
      <ContentsList slug={slug} sections={content.sections} />
    </div>
  );
}
