import { CircleCheck } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Badge } from '@/ui/badge.tsx';

/**
 * A picture of a lesson, drawn with the lesson's own means: sharp at any width, in the reader's language and theme, and
 * nothing to fetch.
 */
export function SampleLesson() {
  const t = useTranslations('welcome');
  return (
    <figure>
      <div role="img" aria-label={t('sampleAlt')} className="rounded-xl border bg-card p-5 text-sm shadow-lg sm:p-6">
        <p className="flex flex-wrap items-center justify-between gap-2 text-muted-foreground">
          {t('sampleCourse')}
          <Badge tone="primary">{t('sampleLesson')}</Badge>
        </p>
        <p className="mt-3 font-semibold text-xl leading-snug tracking-tight">{t('sampleTitle')}</p>
        <p className="mt-3 text-base leading-relaxed">
          {t('sampleThought1')}
          <Mark>1</Mark> {t('sampleThought2')}
          <Mark>2</Mark>
        </p>
        <div className="mt-4 rounded-lg border-primary border-l-4 bg-muted px-4 py-3">
          <p className="font-medium text-primary">{t('sampleSource')}</p>
          <p className="mt-1 text-muted-foreground leading-relaxed">{t('sampleQuote')}</p>
        </div>
        <p className="mt-5 font-semibold">{t('sampleQuestion')}</p>
        <div className="mt-2.5 space-y-2">
          <Option>{t('sampleWrong')}</Option>
          <Option isRight>{t('sampleRight')}</Option>
        </div>
      </div>
      <figcaption className="mt-3 text-center text-muted-foreground text-sm">{t('sampleCaption')}</figcaption>
    </figure>
  );
}

function Mark({ children }: { readonly children: ReactNode }) {
  return (
    <span className="mx-0.5 inline-flex min-w-5 justify-center rounded bg-primary-soft px-1 align-super font-semibold text-primary text-xs leading-5">
      {children}
    </span>
  );
}

function Option({ isRight, children }: { readonly isRight?: boolean; readonly children: ReactNode }) {
  return (
    <p className={isRight ? `${OPTION} border-success bg-success-soft` : OPTION}>
      {isRight ? (
        <CircleCheck className="size-4 shrink-0 text-success" aria-hidden />
      ) : (
        <span className="size-4 shrink-0 rounded-full border border-input" />
      )}
      {children}
    </p>
  );
}

const OPTION = 'flex items-center gap-2.5 rounded-lg border px-3.5 py-2.5';
