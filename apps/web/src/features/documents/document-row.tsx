'use client';

import type { CourseDocument } from '@megacampus/db/documents';
import { FileText, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { Badge } from '@/ui/badge.tsx';
import { Button } from '@/ui/button.tsx';
import { ConfirmDialog } from '@/ui/confirm-dialog.tsx';
import { toast } from '@/ui/toast.ts';
import { removeDocument } from './actions.ts';
import { DocumentReason } from './document-reason.tsx';
import { useFileSize } from './file-size.ts';

interface DocumentRowProps {
  readonly document: CourseDocument;
  readonly canRemove: boolean;
}

export function DocumentRow({ document, canRemove }: DocumentRowProps) {
  const t = useTranslations('documents');
  const fileSize = useFileSize();
  const router = useRouter();
  const [isRemoving, startTransition] = useTransition();
  const { name } = document;

  const remove = () =>
    startTransition(async () => {
      const isRemoved = await removeDocument(document.id).catch(() => false);
      if (isRemoved) toast.success(t('removed'));
      else toast.error(t('removeFailed'));
      router.refresh();
    });

  return (
    <li className="flex items-start gap-3 py-3">
      <FileText className="mt-1 size-5 shrink-0 text-muted-foreground" aria-hidden />
      <div className="min-w-0 flex-1">
        <p className="break-words font-medium">{name}</p>
        <p className="flex flex-wrap items-center gap-x-2 text-sm text-muted-foreground">
          {fileSize(document.sizeBytes)}
          <DocumentState document={document} />
        </p>
        {document.error ? (
          <p className="mt-1 text-sm text-danger">
            <DocumentReason reason={document.error} />
          </p>
        ) : null}
      </div>
      {canRemove ? (
        <ConfirmDialog
          trigger={
            <Button variant="ghost" size="icon" aria-label={t('remove', { name })} pending={isRemoving}>
              {isRemoving ? null : <Trash2 aria-hidden />}
            </Button>
          }
          title={t('removeTitle')}
          text={t('removeText', { name })}
          confirmLabel={t('removeConfirm')}
          dismissLabel={t('keep')}
          onConfirm={remove}
        />
      ) : null}
    </li>
  );
}

function DocumentState({ document }: { readonly document: CourseDocument }) {
  const t = useTranslations('documents');
  if (document.status === 'failed') return <Badge tone="danger">{t('unreadable')}</Badge>;
  if (document.status === 'processed') return <Badge tone="success">{t('processed')}</Badge>;
  return <Badge>{t('uploaded')}</Badge>;
}
