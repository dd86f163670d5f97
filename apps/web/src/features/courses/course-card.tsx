'use client';

import { hasEnded } from '@megacampus/domain/lifecycle';
import { LoaderCircle } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { DeleteButton } from '@/features/trash/delete-button.tsx';
import { Badge } from '@/ui/badge.tsx';
import { Link } from '@/ui/link.tsx';
import { LocalTime } from '@/ui/local-time.tsx';
import { ProgressBar } from '@/ui/progress-bar.tsx';
import type { CourseCardView } from './course-card-view.ts';
import { toneOf } from './course-state.ts';

export function CourseCard({ course }: { readonly course: CourseCardView }) {
  const t = useTranslations('courses');
  const tStatus = useTranslations('status');
  const isRunning = !hasEnded(course.status);
  return (
    <li className="relative flex flex-col gap-4 rounded-xl border bg-card p-5 transition-colors focus-within:border-primary hover:border-primary">
      <div className="flex flex-wrap gap-2 pr-8">
        <Badge tone={toneOf(course.status)}>
          {isRunning ? <LoaderCircle className="animate-spin" aria-hidden /> : null}
          {tStatus(course.status ?? 'draft')}
        </Badge>
        {course.isReadable && course.status !== 'completed' ? <Badge tone="success">{t('readable')}</Badge> : null}
      </div>
      <h2 className="line-clamp-3 font-semibold text-lg leading-snug">
        {/* The link covers the card, but is read by its title alone. */}
        <Link href={`/courses/${course.slug}`} className="after:absolute after:inset-0 after:rounded-xl">
          {course.title}
        </Link>
      </h2>
      {isRunning ? (
        <div className="mt-auto flex items-center gap-3">
          <ProgressBar percentage={course.percentage} label={tStatus(course.status ?? 'draft')} />
          <span className="text-sm tabular-nums">{course.percentage}&nbsp;%</span>
        </div>
      ) : null}
      <p className="mt-auto flex flex-wrap gap-x-3 text-muted-foreground text-sm">
        <span>{t.rich('created', { date: () => <LocalTime iso={course.createdAt} as="date" /> })}</span>
        {course.documents > 0 ? <span>{t('documents', { count: course.documents })}</span> : null}
      </p>
      <DeleteButton course={course} isRunning={isRunning} place="card" />
    </li>
  );
}
