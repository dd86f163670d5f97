'use client';

import type { CourseDocument } from '@megacampus/db/documents';
import type { Tier, TierPolicy } from '@megacampus/domain/tiers';
import { useTranslations } from 'next-intl';
import { Alert } from '@/ui/alert.tsx';
import { DocumentRow } from './document-row.tsx';
import { DropZone } from './drop-zone.tsx';
import { useFileSize } from './file-size.ts';
import type { Upload } from './upload-list.ts';
import { UploadRow } from './upload-row.tsx';
import { useUploads } from './uploads-context.tsx';

interface DocumentsPanelProps {
  readonly tier: Tier;
  readonly policy: TierPolicy;
  readonly documents: readonly CourseDocument[];
}

export function DocumentsPanel({ tier, policy, documents }: DocumentsPanelProps) {
  const t = useTranslations('documents');
  const fileSize = useFileSize();
  const { uploads, add } = useUploads();
  const max = policy.documentsPerCourse;
  const size = fileSize(policy.maxFileSizeBytes);
  const types = policy.documentTypes.map((type) => type.toUpperCase()).join(', ');
  const problemText = ({ problem }: Upload) => (problem === null ? null : t(problem, { types, size, max }));
  const used = documents.length + uploads.filter((upload) => upload.phase !== 'failed').length;

  return (
    <section aria-labelledby="documents-title" className="space-y-4">
      <h2 id="documents-title" className="text-lg font-semibold">
        {t('title')} <span className="font-normal text-muted-foreground text-sm">· {t('optional')}</span>
      </h2>
      {max === 0 ? <Alert tone="info">{t('notInTier', { tier })}</Alert> : null}
      {max > 0 && used < max ? (
        <DropZone
          accept={policy.documentTypes.map((type) => `.${type}`).join()}
          hint={t('limits', { types, size, used, max })}
          onFiles={add}
        />
      ) : null}
      {max > 0 && used >= max ? <Alert tone="info">{t('full', { max })}</Alert> : null}
      {documents.length + uploads.length > 0 ? (
        <ul aria-label={t('list')} className="divide-y rounded-xl border bg-card px-4">
          {documents.map((document) => (
            <DocumentRow key={document.id} document={document} canRemove />
          ))}
          {uploads.map((upload) => (
            <UploadRow key={upload.id} upload={upload} problemText={problemText(upload)} />
          ))}
        </ul>
      ) : null}
      <div aria-live="polite" className="sr-only">
        {uploads.map((upload) =>
          upload.phase === 'failed' ? (
            <p key={upload.id}>{t('announceFailed', { name: upload.file.name, reason: problemText(upload) ?? '' })}</p>
          ) : null,
        )}
        {documents.map((document) => (
          <p key={document.id}>{t('announceDone', { name: document.name })}</p>
        ))}
      </div>
    </section>
  );
}
