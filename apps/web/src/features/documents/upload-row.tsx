'use client';

import { RotateCw, TriangleAlert, Upload as UploadIcon, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/ui/button.tsx';
import { ProgressBar } from '@/ui/progress-bar.tsx';
import { isFinal, type Upload } from './upload-list.ts';
import { useUploads } from './uploads-context.tsx';

interface UploadRowProps {
  readonly upload: Upload;
  /** Says what is wrong, in words. */
  readonly problemText: string | null;
}

/** A file on its way, or one that did not make it. */
export function UploadRow({ upload, problemText }: UploadRowProps) {
  const t = useTranslations('documents');
  const { retry, dismiss } = useUploads();
  const { name } = upload.file;
  const isFailed = upload.phase === 'failed';
  const Icon = isFailed ? TriangleAlert : UploadIcon;
  return (
    <li className="flex items-start gap-3 py-3">
      <Icon
        className={isFailed ? 'mt-1 size-5 shrink-0 text-danger' : 'mt-1 size-5 shrink-0 text-primary'}
        aria-hidden
      />
      <div className="min-w-0 flex-1 space-y-1.5">
        <p className="break-words font-medium">{name}</p>
        {isFailed ? (
          <p className="text-sm text-danger">{problemText}</p>
        ) : (
          <>
            <ProgressBar percentage={upload.percentage} label={t('progressOf', { name })} className="h-1.5!" />
            <p className="text-sm text-muted-foreground">
              {upload.phase === 'uploading' ? t('uploading', { percentage: upload.percentage }) : t(upload.phase)}
            </p>
          </>
        )}
      </div>
      {upload.problem !== null && !isFinal(upload.problem) ? (
        <Button variant="ghost" size="icon" aria-label={t('retry', { name })} onClick={() => retry(upload)}>
          <RotateCw aria-hidden />
        </Button>
      ) : null}
      {upload.phase === 'saving' ? null : (
        <Button
          variant="ghost"
          size="icon"
          aria-label={t(isFailed ? 'dismiss' : 'cancelUpload', { name })}
          onClick={() => dismiss(upload)}
        >
          <X aria-hidden />
        </Button>
      )}
    </li>
  );
}
