import { useTranslations } from 'next-intl';
import { Alert } from '@/ui/alert.tsx';
import type { CourseView } from './load-course.ts';
import { useFailureReason } from './use-failure-reason.ts';

interface OutcomeAlertProps {
  readonly course: CourseView;
  /** The last generation was to write one lesson anew; the course is as it was. */
  readonly isRewriting: boolean;
}

/** How the last generation ended, where it did not end well. */
export function OutcomeAlert({ course, isRewriting }: OutcomeAlertProps) {
  const t = useTranslations();
  const reason = useFailureReason(course);
  if (course.generationStatus === 'failed') {
    return (
      <Alert tone="danger" title={t(isRewriting ? 'rewrite.failedTitle' : 'course.failedTitle')}>
        {t(isRewriting ? 'rewrite.failedText' : 'course.failedText', { reason })}
      </Alert>
    );
  }
  if (course.generationStatus !== 'cancelled' || isRewriting) return null;
  return (
    <Alert tone="info" title={t('course.cancelledTitle')}>
      {t('course.cancelledText')}
    </Alert>
  );
}
