import { Check, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Reading } from '@/features/reading/reading-view.ts';
import { Badge } from '@/ui/badge.tsx';
import {
  type Book,
  type ContentView,
  FOLDED_FROM_LESSONS,
  type LessonLink,
  lessonsOf,
  type SectionView,
} from './content-view.ts';

interface ContentsListProps {
  readonly book: Book;
  readonly content: ContentView;
  readonly reading: Reading | null;
  /** Where the reader is; its section of a long course is open. */
  readonly position: number | undefined;
}

export function ContentsList({ book, content, reading, position }: ContentsListProps) {
  const t = useTranslations('reader');
  const isFolded = lessonsOf(content).length >= FOLDED_FROM_LESSONS;
  return (
    <section aria-labelledby="contents-title" className="space-y-5">
      <h2 id="contents-title" className="font-semibold text-xl">
        {t('contents')}
      </h2>
      <ol className={isFolded ? 'space-y-3' : 'space-y-6'}>
        {content.sections.map((section) => (
          <li key={section.position} className="overflow-hidden rounded-xl border bg-card">
            <Section
              section={section}
              isFolded={isFolded}
              isOpen={section.lessons.some((l) => l.position === position)}
            >
              <ol className="divide-y border-t">
                {section.lessons.map((lesson) => (
                  <li key={lesson.position}>
                    <Lesson base={book.base} lesson={lesson} isRead={reading?.read.has(lesson.position) ?? false} />
                  </li>
                ))}
              </ol>
            </Section>
          </li>
        ))}
      </ol>
    </section>
  );
}

interface SectionProps {
  readonly section: SectionView;
  readonly isFolded: boolean;
  readonly isOpen: boolean;
  readonly children: ReactNode;
}

function Section({ section, isFolded, isOpen, children }: SectionProps) {
  const t = useTranslations('reader');
  const title = (
    <div className="min-w-0 space-y-1">
      <p className="text-muted-foreground text-sm">
        {t('section', { number: section.position })}
        {isFolded ? ` · ${t('lessonCount', { count: section.lessons.length })}` : null}
      </p>
      <h3 className="font-semibold text-lg">{section.title}</h3>
      {section.summary ? <p className="text-muted-foreground leading-relaxed">{section.summary}</p> : null}
    </div>
  );
  if (!isFolded) {
    return (
      <>
        <div className="px-5 pt-5 pb-3">{title}</div>
        {children}
      </>
    );
  }
  return (
    <details open={isOpen} className="group">
      <summary className="flex list-none items-start gap-3 px-5 py-4 -outline-offset-2 hover:bg-muted [&::-webkit-details-marker]:hidden">
        <ChevronRight className="mt-6 size-5 shrink-0 transition-transform group-open:rotate-90" aria-hidden />
        {title}
      </summary>
      {children}
    </details>
  );
}

interface LessonProps {
  readonly base: string;
  readonly lesson: LessonLink;
  readonly isRead: boolean;
}

function Lesson({ base, lesson, isRead }: LessonProps) {
  const t = useTranslations('reader');
  const tCommon = useTranslations('common');
  return (
    <Link
      href={`${base}/lessons/${lesson.position}`}
      prefetch={false}
      className="flex min-h-12 items-center gap-3 px-5 py-3 -outline-offset-2 hover:bg-muted"
    >
      <span className="w-7 shrink-0 text-muted-foreground text-sm tabular-nums">{lesson.position}</span>
      <span className="min-w-0 flex-1 font-medium">{lesson.title}</span>
      {isRead ? <Check className="size-4 shrink-0 text-success" aria-label={t('read')} /> : null}
      {lesson.isFailed ? (
        <Badge tone="warning">{t('lessonFailedBadge')}</Badge>
      ) : (
        <span className="shrink-0 text-muted-foreground text-sm">
          {tCommon('minutes', { count: lesson.durationMinutes })}
        </span>
      )}
    </Link>
  );
}
