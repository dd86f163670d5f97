'use client';

import type { Activity } from '@megacampus/domain/api';
import { Check, X } from 'lucide-react';
import { useTranslations } from 'next-intl';

/** The latest stand open; the others are a click away. */
const LATEST = 4;

/** The lessons that are ready, by their titles, the latest first. */
export function LessonTitles({ lessons }: { readonly lessons: Activity['lessons'] }) {
  const t = useTranslations('progress');
  const ended = lessons
    .filter(({ status }) => status !== 'pending')
    .toSorted((a, b) => Date.parse(b.completedAt ?? '') - Date.parse(a.completedAt ?? ''));
  if (ended.length === 0) return null;
  const rest = ended.slice(LATEST);
  return (
    <div className="mt-1.5 space-y-1.5 text-sm">
      <List lessons={ended.slice(0, LATEST)} />
      {rest.length > 0 ? (
        <details>
          <summary className="inline-block py-1 text-muted-foreground underline underline-offset-4">
            {t('moreLessons', { count: rest.length })}
          </summary>
          <List lessons={rest} />
        </details>
      ) : null}
    </div>
  );
}

function List({ lessons }: { readonly lessons: Activity['lessons'] }) {
  const t = useTranslations('progress');
  return (
    <ul className="space-y-1">
      {lessons.map(({ position, title, status }) => (
        <li key={position} className="flex items-start gap-2 [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0">
          {status === 'failed' ? (
            <X className="text-danger" aria-label={t('lessonFailed')} />
          ) : (
            <Check className="text-success" aria-hidden />
          )}
          <span className="min-w-0">{title}</span>
        </li>
      ))}
    </ul>
  );
}
