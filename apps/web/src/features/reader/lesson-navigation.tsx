import { ArrowLeft, ArrowRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { NextLink } from '@/features/reading/next-link.tsx';
import { Link } from '@/ui/link.tsx';
import type { LessonLink } from './content-view.ts';

interface LessonNavigationProps {
  readonly base: string;
  readonly previous: LessonLink | undefined;
  readonly next: LessonLink | undefined;
  /** The lesson that going on makes a read one; null where nothing is kept. */
  readonly readLessonId: string | null;
}

const card = 'flex flex-1 flex-col gap-1 rounded-xl border bg-card p-4 hover:border-primary aria-busy:border-primary';

export function LessonNavigation({ base, previous, next, readLessonId }: LessonNavigationProps) {
  const t = useTranslations('reader');
  return (
    <nav aria-label={t('pagination')} className="flex flex-col gap-3 sm:flex-row print:hidden">
      {previous ? (
        <Link href={`${base}/lessons/${previous.position}`} rel="prev" className={card}>
          <span className="flex items-center gap-1.5 text-muted-foreground text-sm">
            <ArrowLeft className="size-4" aria-hidden />
            {t('previous')}
          </span>
          <span className="font-medium">{previous.title}</span>
        </Link>
      ) : (
        <span className="hidden flex-1 sm:block" />
      )}
      {next ? (
        <NextLink
          href={`${base}/lessons/${next.position}`}
          rel="next"
          className={`${card} sm:items-end sm:text-right`}
          lessonId={readLessonId}
        >
          <span className="flex items-center gap-1.5 text-muted-foreground text-sm">
            {t('next')}
            <ArrowRight className="size-4" aria-hidden />
          </span>
          <span className="font-medium">{next.title}</span>
        </NextLink>
      ) : (
        <NextLink href={base} className={`${card} justify-center sm:items-end sm:text-right`} lessonId={readLessonId}>
          <span className="font-medium">{t('backToCourse')}</span>
        </NextLink>
      )}
    </nav>
  );
}
