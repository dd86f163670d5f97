import { Check, ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { Reading } from '@/features/reading/reading-view.ts';
import { Badge } from '@/ui/badge.tsx';
import { Link } from '@/ui/link.tsx';
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
              <ol className={rows}>
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

/** The looks of all rows are given here once: hundreds of times would weigh. */
const rows =
  'divide-y border-t [&_a]:flex [&_a]:min-h-12 [&_a]:items-center [&_a]:gap-3 [&_a]:px-5 [&_a]:py-3 [&_a]:-outline-offset-2 [&_a:hover]:bg-muted [&_b]:min-w-0 [&_b]:flex-1 [&_b]:font-medium [&_i]:w-7 [&_i]:shrink-0 [&_i]:text-muted-foreground [&_i]:text-sm [&_i]:not-italic [&_i]:tabular-nums [&_small]:shrink-0 [&_small]:text-muted-foreground [&_small]:text-sm [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-success';

function Lesson({ base, lesson, isRead }: LessonProps) {
  const t = useTranslations('reader');
  const tCommon = useTranslations('common');
  return (
    <Link href={`${base}/lessons/${lesson.position}`} prefetch={false}>
      <i>{lesson.position}</i>
      <b>{lesson.title}</b>
      {isRead ? <Check aria-label={t('read')} /> : null}
      {lesson.isFailed ? (
        <Badge tone="warning">{t('lessonFailedBadge')}</Badge>
      ) : (
        <small>{tCommon('minutes', { count: lesson.durationMinutes })}</small>
      )}
    </Link>
  );
}
