import type { CourseDocument } from '@megacampus/db/documents';
import { useTranslations } from 'next-intl';
import { Alert } from '@/ui/alert.tsx';
import { pageRanges } from './page-ranges.ts';

/** Which pages and pictures of the documents were not read; nothing when all were. */
export function UnreadAlert({ documents }: { readonly documents: readonly CourseDocument[] }) {
  const t = useTranslations('documents');
  const partly = documents.flatMap(({ id, name, status, unread }) =>
    status === 'processed' && unread !== null ? [{ id, name, ...unread }] : [],
  );
  if (partly.length === 0) return null;
  return (
    <Alert tone="info" title={t('unreadTitle')}>
      <ul className="space-y-1">
        {partly.map(({ id, name, pages, pictures }) => (
          <li key={id} className="break-words">
            <strong>{name}</strong>:{' '}
            {pages.length > 0 ? t('unreadPages', { count: pages.length, pages: pageRanges(pages) }) : null}{' '}
            {pictures > 0 ? t('unreadPictures', { count: pictures }) : null}
          </li>
        ))}
      </ul>
      <p className="mt-1">{t('unreadAdvice')}</p>
    </Alert>
  );
}
