import { hasEnded } from '@megacampus/domain/steps';
import { useTranslations } from 'next-intl';
import type { CourseView } from '@/features/course/load-course.ts';
import { useFailureReason } from '@/features/course/use-failure-reason.ts';
import type { LessonView } from '@/features/reader/content-view.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { Alert } from '@/ui/alert.tsx';
import type { Rewriting } from './load-rewriting.ts';
import { RunningBanner } from './running-banner.tsx';

interface LessonBannerProps {
  readonly course: CourseView;
  readonly lesson: LessonView;
  readonly rewriting: Rewriting | null;
}

/** What is being written anew while this text can be read, or why that did not work. */
export function LessonBanner({ course, lesson, rewriting }: LessonBannerProps) {
  const t = useTranslations('rewrite');
  const reason = useFailureReason(course);
  const isThis = rewriting?.lineageId === lesson.lineageId;
  if (!hasEnded(course.generationStatus)) {
    const text = rewriting === null ? t('courseRunning') : isThis ? t('running') : t('otherRunning');
    return (
      <ClientMessages of={['rewrite', 'progress']}>
        <RunningBanner slug={course.slug} text={text} wish={isThis ? rewriting.instruction : ''} />
      </ClientMessages>
    );
  }
  if (!isThis || course.generationStatus !== 'failed') return null;
  return (
    <Alert tone="danger" title={t('failedTitle')}>
      {t('failedText', { reason })}
    </Alert>
  );
}
