import type { CourseDocument } from '@megacampus/db/documents';
import { useTranslations } from 'next-intl';
import { Alert } from '@/ui/alert.tsx';
import { DocumentReason } from './document-reason.tsx';

/** Which documents a course was made without, and why; nothing when all were used. */
export function LeftOutAlert({ documents }: { readonly documents: readonly CourseDocument[] }) {
  const t = useTranslations('documents');
  const leftOut = documents.filter(({ status }) => status === 'failed');
  if (leftOut.length === 0) return null;
  return (
    <Alert tone="warning" title={t('leftOutTitle')}>
      <ul className="space-y-1">
        {leftOut.map(({ id, name, error }) => (
          <li key={id} className="break-words">
            <strong>{name}</strong>: <DocumentReason reason={error ?? ''} />
          </li>
        ))}
      </ul>
    </Alert>
  );
}
