import { useTranslations } from 'next-intl';
import { Alert } from '@/ui/alert.tsx';
import type { CourseView } from './load-course.ts';

/** How the last generation ended, where it did not end well. */
export function OutcomeAlert({ course }: { readonly course: CourseView }) {
  const t = useTranslations('course');
  if (course.generationStatus === 'failed') {
    return (
      <Alert tone="danger" title={t('failedTitle')}>
        {t('failedText', { reason: course.errorMessage ?? t('failedUnknown') })}
      </Alert>
    );
  }
  if (course.generationStatus !== 'cancelled') return null;
  return (
    <Alert tone="info" title={t('cancelledTitle')}>
      {t('cancelledText')}
    </Alert>
  );
}
