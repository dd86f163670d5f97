import { BookOpen, BookText, Printer } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Markdown } from '@/features/markdown/markdown.tsx';
import { type Book, type ContentView, lessonsOf } from '@/features/reader/content-view.ts';
import { ContentsList } from '@/features/reader/contents-list.tsx';
import { EngineNote } from '@/features/reader/engine-note.tsx';
import { ReadShare } from '@/features/reading/read-share.tsx';
import { continueAt, type Reading } from '@/features/reading/reading-view.ts';
import { Button } from '@/ui/button.tsx';
import { Link } from '@/ui/link.tsx';
import { LocalTime } from '@/ui/local-time.tsx';
import { FailedLessons } from './failed-lessons.tsx';

interface CourseOverviewProps {
  readonly book: Book;
  readonly content: ContentView;
  /** What the reader has done with the course; null for a reader of whom nothing is kept. */
  readonly reading: Reading | null;
  /** What else its owner can do with it. */
  readonly tools?: ReactNode;
}

/** A finished course: what it holds, how much of it has been read, and where to begin or go on. */
export function CourseOverview({ book, content, reading, tools }: CourseOverviewProps) {
  const t = useTranslations('reader');
  const lessons = lessonsOf(content);
  const minutes = lessons.reduce((sum, lesson) => sum + lesson.durationMinutes, 0);
  const { finishedAt } = content;
  const hasBegun = reading !== null && reading.read.size > 0;
  const here = (reading && continueAt(lessons, reading)) ?? lessons[0];
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
        {hasBegun ? <ReadShare read={reading.read.size} total={lessons.length} /> : null}
        <div className="flex flex-wrap gap-3">
          <Button asChild size="large" className="max-w-full">
            <Link href={`${book.base}/lessons/${here?.position ?? 1}`}>
              <BookOpen aria-hidden />
              {t(hasBegun ? 'continue' : 'start')}
            </Link>
          </Button>
          <Button asChild size="large" variant="secondary">
            <Link href={`${book.base}/glossary`}>
              <BookText aria-hidden />
              {t('glossary')}
            </Link>
          </Button>
          {reading === null ? null : (
            <Button asChild size="large" variant="secondary">
              <Link href={`${book.base}/print`} prefetch={false}>
                <Printer aria-hidden />
                {t('printView')}
              </Link>
            </Button>
          )}
          {tools}
        </div>
        {hasBegun && here ? (
          <p className="text-muted-foreground text-sm">{t('continueAt', { title: here.title })}</p>
        ) : null}
      </div>
      <FailedLessons base={book.base} lessons={lessons} isOwn={reading !== null} />
      {content.overview ? (
        <section aria-labelledby="overview-title" className="space-y-3">
          <h2 id="overview-title" className="font-semibold text-xl">
            {t('overview')}
          </h2>
          <div className="max-w-3xl" lang={book.language}>
            <Markdown text={content.overview} />
          </div>
        </section>
      ) : null}
      <ContentsList book={book} content={content} reading={reading} position={here?.position} />
    </div>
  );
}
