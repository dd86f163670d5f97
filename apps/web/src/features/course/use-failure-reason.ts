import { useTranslations } from 'next-intl';
import type { CourseView } from './load-course.ts';

/** Why the last generation failed: in the language of whoever reads it where it can be told, else as it was written. */
export function useFailureReason({ failure, errorMessage }: Pick<CourseView, 'failure' | 'errorMessage'>): string {
  const t = useTranslations('failures');
  const tDocument = useTranslations('documents.reasons');
  if (failure === null) return errorMessage ?? t('unknown');
  switch (failure.code) {
    case 'attempts':
      return t('attempts', { attempts: failure.attempts });
    case 'documents':
      return failure.documents.map(({ name, reason }) => `${t('document', { name })} ${tDocument(reason)}`).join(' ');
    case 'no_lessons':
      return `${t('no_lessons')} ${failure.reason ?? t('retry')}`;
    default:
      return t(failure.code);
  }
}
