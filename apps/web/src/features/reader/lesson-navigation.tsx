import { ArrowLeft, ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { LessonLink } from './content-view.ts';

interface LessonNavigationProps {
  readonly slug: string;
  readonly previous: LessonLink | undefined;
  readonly next: LessonLink | undefined;
}

const card = 'flex flex-1 flex-col gap-1 rounded-xl border bg-card p-4 hover:border-primary';

export function LessonNavigation({ slug, previous, next }: LessonNavigationProps) {
  const t = useTranslations('reader');
  return (
    <nav aria-label={t('pagination')} className="flex flex-col gap-3 sm:flex-row print:hidden">
      {previous ? (
        <Link href={`/courses/${slug}/lessons/${previous.position}`} rel="prev" className={card}>
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
        <Link
          href={`/courses/${slug}/lessons/${next.position}`}
          rel="next"
          className={`${card} sm:items-end sm:text-right`}
        >
          <span className="flex items-center gap-1.5 text-muted-foreground text-sm">
            {t('next')}
            <ArrowRight className="size-4" aria-hidden />
          </span>
          <span className="font-medium">{next.title}</span>
        </Link>
      ) : (
        <Link href={`/courses/${slug}`} className={`${card} justify-center sm:items-end sm:text-right`}>
          <span className="font-medium">{t('backToCourse')}</span>
        </Link>
      )}
    </nav>
  );
}
