'use client';

import type { ActivityResponse, CheckStatusResponse } from '@megacampus/domain/api';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { Alert } from '@/ui/alert.tsx';
import { Card } from '@/ui/card.tsx';
import { ProgressBar } from '@/ui/progress-bar.tsx';
import { toast } from '@/ui/toast.ts';
import { ActivityLog } from './activity-log.tsx';
import { CancelButton } from './cancel-button.tsx';
import { tellDone } from './notice.ts';
import { NoticeButton } from './notice-button.tsx';
import { ProgressAnnouncer } from './progress-announcer.tsx';
import { RemainingTime } from './remaining-time.tsx';
import { StepList } from './step-list.tsx';
import { useStatusMessage } from './step-name.ts';
import { useActivity } from './use-activity.ts';
import { useLiveStatus } from './use-live-status.ts';
import { WaitingNote } from './waiting-note.tsx';

interface LiveProgressProps {
  readonly initial: CheckStatusResponse;
  readonly initialActivity: ActivityResponse;
  readonly courseTitle: string;
  /** One lesson is written anew. */
  readonly isRewriting: boolean;
}

/** A generation in flight: how far it is, what it does, why it waits, and how to stop it. */
export function LiveProgress({ initial, initialActivity, courseTitle, isRewriting }: LiveProgressProps) {
  const t = useTranslations('progress');
  const { status, connection } = useLiveStatus(initial, (ended) => {
    if (ended === 'completed') toast.success(t('finished'));
    if (ended === 'completed' || ended === 'failed')
      tellDone(t(ended === 'failed' ? 'ended' : 'finished'), courseTitle);
  });
  const activity = useActivity(status, initialActivity);
  const progress = status.generationProgress;
  const percentage = progress?.percentage ?? 0;
  usePercentageInTitle(percentage);

  return (
    <Card>
      <div className="space-y-6">
        <div className="flex flex-wrap items-start justify-between gap-4">
          <div className="min-w-0 space-y-1">
            <h2 className="text-lg font-semibold">{t(isRewriting ? 'titleRewriting' : 'title')}</h2>
            <p className="text-muted-foreground">{t('closeHint')}</p>
          </div>
          <CancelButton slug={status.slug} />
        </div>
        <Headline status={status} activity={activity} percentage={percentage} connection={connection} />
        {connection === 'offline' ? <Alert tone="warning">{t('offline')}</Alert> : null}
        {status.isStuck && connection !== 'offline' ? <Alert tone="warning">{t('stuck')}</Alert> : null}
        {progress ? <StepList progress={progress} lessons={activity.activity?.lessons ?? []} /> : null}
        <ActivityLog progress={progress} activity={activity.activity} />
        <NoticeButton />
      </div>
      <ProgressAnnouncer status={status} />
    </Card>
  );
}

interface HeadlineProps {
  readonly status: CheckStatusResponse;
  readonly activity: ActivityResponse;
  readonly percentage: number;
  readonly connection: 'live' | 'polling' | 'offline';
}

function Headline({ status, activity, percentage, connection }: HeadlineProps) {
  const t = useTranslations('progress');
  const statusMessage = useStatusMessage();
  return (
    <div className="space-y-2">
      <div className="flex items-baseline justify-between gap-4">
        <p className="min-w-0">
          {statusMessage(status.currentGenerationStatus, status.generationProgress?.message ?? '')}
        </p>
        <p className="text-2xl font-semibold tabular-nums" aria-hidden>
          {percentage}&nbsp;%
        </p>
      </div>
      <ProgressBar percentage={percentage} label={t('bar')} />
      <WaitingNote status={status} workers={activity.workers} />
      <p className="flex min-h-5 flex-wrap justify-between gap-x-4 text-sm text-muted-foreground">
        <RemainingTime status={status} activity={activity} />
        <span className="ml-auto">{connection === 'offline' ? '' : t(connection)}</span>
      </p>
    </div>
  );
}

/** A tab in the background tells how far it is. */
function usePercentageInTitle(percentage: number): void {
  useEffect(() => {
    const bare = document.title.replace(/^\d+ % · /, '');
    document.title = `${percentage} % · ${bare}`;
    return () => {
      if (document.title === `${percentage} % · ${bare}`) document.title = bare;
    };
  }, [percentage]);
}
