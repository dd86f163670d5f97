import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Badge } from '@/ui/badge.tsx';
import type { SectionView } from './content-view.ts';

interface ContentsListProps {
  readonly slug: string;
  readonly sections: readonly SectionView[];
}

export function ContentsList({ slug, sections }: ContentsListProps) {
  const t = useTranslations('reader');
  const tCommon = useTranslations('common');
  return (
    <section aria-labelledby="contents-title" className="space-y-5">
      <h2 id="contents-title" className="font-semibold text-xl">
        {t('contents')}
      </h2>
      <ol className="space-y-6">
        {sections.map((section) => (
          <li key={section.position} className="overflow-hidden rounded-xl border bg-card">
            <div className="space-y-1 px-5 pt-5 pb-3">
              <p className="text-muted-foreground text-sm">{t('section', { number: section.position })}</p>
              <h3 className="font-semibold text-lg">{section.title}</h3>
              {section.summary ? <p className="text-muted-foreground leading-relaxed">{section.summary}</p> : null}
            </div>
            <ol className="divide-y border-t">
              {section.lessons.map((lesson) => (
                <li key={lesson.position}>
                  <Link
                    href={`/courses/${slug}/lessons/${lesson.position}`}
                    prefetch={false}
                    className="flex min-h-12 items-center gap-3 px-5 py-3 -outline-offset-2 hover:bg-muted"
                  >
                    <span className="w-6 shrink-0 text-muted-foreground text-sm tabular-nums">{lesson.position}</span>
                    <span className="min-w-0 flex-1 font-medium">{lesson.title}</span>
                    {lesson.isFailed ? (
                      <Badge tone="warning">{t('lessonFailedBadge')}</Badge>
                    ) : (
                      <span className="shrink-0 text-muted-foreground text-sm">
                        {tCommon('minutes', { count: lesson.durationMinutes })}
                      </span>
                    )}
                  </Link>
                </li>
              ))}
            </ol>
          </li>
        ))}
      </ol>
    </section>
  );
}
