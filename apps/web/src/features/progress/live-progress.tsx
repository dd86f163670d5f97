'use client';

import type { CheckStatusResponse } from '@megacampus/domain/api';
import { useTranslations } from 'next-intl';
import { toast } from 'sonner';
import { Alert } from '@/ui/alert.tsx';
import { Card } from '@/ui/card.tsx';
import { ProgressBar } from '@/ui/progress-bar.tsx';
import { CancelButton } from './cancel-button.tsx';
import { ProgressAnnouncer } from './progress-announcer.tsx';
import { StepList } from './step-list.tsx';
import { useStatusMessage } from './step-name.ts';
import { useLiveStatus } from './use-live-status.ts';

/** A generation in flight: how far it is, what it does, and how to stop it. */
export function LiveProgress({ initial }: { readonly initial: CheckStatusResponse }) {
  const t = useTranslations('progress');
  const { status, connection } = useLiveStatus(initial, (ended) => {
    if (ended === 'completed') toast.success(t('finished'));
  });
  const statusMessage = useStatusMessage();
  const progress = status.generationProgress;
  const percentage = progress?.percentage ?? 0;

  return (
    <Card>
      <div className="space-y-6">
        <div className="flex flex-wrap items-start justify-between gap-4">
          <div className="min-w-0 space-y-1">
            <h2 className="text-lg font-semibold">{t('title')}</h2>
            <p className="text-muted-foreground">{t('closeHint')}</p>
          </div>
          <CancelButton slug={status.slug} />
        </div>
        <div className="space-y-2">
          <div className="flex items-baseline justify-between gap-4">
            <p className="min-w-0">{statusMessage(status.currentGenerationStatus, progress?.message ?? '')}</p>
            <p className="text-2xl font-semibold tabular-nums" aria-hidden>
              {percentage}&nbsp;%
            </p>
          </div>
          <ProgressBar percentage={percentage} label={t('bar')} />
          <p className="flex flex-wrap justify-between gap-x-4 text-sm text-muted-foreground">
            <span>{status.queuePosition === null ? '' : t('queue', { position: status.queuePosition })}</span>
            <span>{connection === 'offline' ? '' : t(connection)}</span>
          </p>
        </div>
        {connection === 'offline' ? <Alert tone="warning">{t('offline')}</Alert> : null}
        {status.isStuck && connection !== 'offline' ? <Alert tone="warning">{t('stuck')}</Alert> : null}
        {progress ? <StepList progress={progress} /> : null}
      </div>
      <ProgressAnnouncer status={status} />
    </Card>
  );
}
