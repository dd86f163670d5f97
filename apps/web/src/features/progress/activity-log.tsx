'use client';

import type { ActivityResponse } from '@megacampus/domain/api';
import { stepOfStage } from '@megacampus/domain/lifecycle';
import type { GenerationProgress } from '@megacampus/domain/steps';
import { useTranslations } from 'next-intl';
import { LocalTime } from '@/ui/local-time.tsx';
import { type LogEntry, logEntries } from './log-entries.ts';
import { useStepName } from './step-name.ts';

interface ActivityLogProps {
  readonly progress: GenerationProgress | null;
  readonly activity: ActivityResponse['activity'];
}

/** Enough to see what has gone on; a course of hundreds of lessons has hundreds of lines. */
const SHOWN_MAX = 60;

/** Everything that happened, the latest first. */
export function ActivityLog({ progress, activity }: ActivityLogProps) {
  const t = useTranslations('activity');
  const textOf = useEntryText(progress?.has_documents ?? false);
  const entries = logEntries(progress, activity).slice(0, SHOWN_MAX);
  if (entries.length === 0) return null;
  return (
    <details className="border-t pt-2">
      <summary className="min-h-11 py-2.5 font-medium">{t('title')}</summary>
      <ol className="space-y-1.5 pb-2 text-sm">
        {entries.map((entry) => (
          <li key={`${entry.at} ${textOf(entry)}`} className="flex gap-3">
            <span className="w-20 shrink-0 text-muted-foreground tabular-nums">
              <LocalTime iso={entry.at} as="time" />
            </span>
            <span className="min-w-0">{textOf(entry)}</span>
          </li>
        ))}
      </ol>
    </details>
  );
}

function useEntryText(hasDocuments: boolean): (entry: LogEntry) => string {
  const t = useTranslations('activity');
  const stepName = useStepName();
  return (entry) => {
    switch (entry.kind) {
      case 'step_started':
      case 'step_completed':
      case 'step_failed':
        return t(entry.kind, { step: stepName(entry.step, hasDocuments) });
      case 'lesson_completed':
        return t('lesson_completed', { position: entry.position, title: entry.title });
      case 'recovered':
        return t('recovered');
      default:
        return t(entry.kind, { step: stepName(stepOfStage(entry.stage), hasDocuments), attempt: entry.attempt });
    }
  };
}
