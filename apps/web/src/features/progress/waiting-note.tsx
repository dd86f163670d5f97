'use client';

import type { CheckStatusResponse } from '@megacampus/domain/api';
import { useTranslations } from 'next-intl';

interface WaitingNoteProps {
  readonly status: CheckStatusResponse;
  /** Live workers; null when that is not known. */
  readonly workers: number | null;
}

/** Why nothing moves, in words: a place in the queue, and what is being waited for. */
export function WaitingNote({ status, workers }: WaitingNoteProps) {
  const t = useTranslations('progress');
  const { queuePosition: position } = status;
  if (position === null) return null;
  const reason = workers === null ? null : t(workers === 0 ? 'waitsForWorker' : 'waitsForPlace');
  return (
    <p className="text-sm">
      <span>{t('queue', { position })}</span> {reason === null ? null : <span>{reason}</span>}
    </p>
  );
}
