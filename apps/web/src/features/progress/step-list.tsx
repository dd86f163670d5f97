import type { Activity } from '@megacampus/domain/api';
import type { GenerationProgress, StepStatus } from '@megacampus/domain/steps';
import { Check, Circle, LoaderCircle, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { cn } from '@/ui/class-names.ts';
import { LocalTime } from '@/ui/local-time.tsx';
import { LessonTitles } from './lesson-titles.tsx';
import { useStepName } from './step-name.ts';

const ICONS = {
  pending: <Circle className="text-muted-foreground/60" />,
  in_progress: <LoaderCircle className="animate-spin text-primary" />,
  completed: <Check className="text-success" />,
  failed: <X className="text-danger" />,
} as const satisfies Record<StepStatus, unknown>;

interface StepListProps {
  readonly progress: GenerationProgress;
  readonly lessons: Activity['lessons'];
}

/** The five steps, each with its state and times. */
export function StepList({ progress, lessons }: StepListProps) {
  const t = useTranslations('progress');
  const stepName = useStepName();
  return (
    <ol aria-label={t('steps')} className="divide-y">
      {progress.steps.map((step) => (
        <li
          key={step.id}
          aria-current={step.status === 'in_progress' ? 'step' : undefined}
          className="flex items-start gap-3 py-3"
        >
          <span aria-hidden className="mt-0.5 [&_svg]:size-5">
            {ICONS[step.status]}
          </span>
          <div className={cn('min-w-0 flex-1', step.status === 'pending' && 'text-muted-foreground')}>
            <span className="block font-medium">{stepName(step.id, progress.has_documents)}</span>
            {step.id === 4 && progress.lessons_total > 0 ? (
              <span className="text-sm text-muted-foreground">
                {t('lessons', { done: progress.lessons_completed, total: progress.lessons_total })}
              </span>
            ) : null}
            {step.id === 4 ? <LessonTitles lessons={lessons} /> : null}
          </div>
          <span className="text-right text-sm text-muted-foreground">
            <span className="block">{t(step.status)}</span>
            <StepTimes startedAt={step.started_at} completedAt={step.completed_at} />
          </span>
        </li>
      ))}
    </ol>
  );
}

interface StepTimesProps {
  readonly startedAt: string | null;
  readonly completedAt: string | null;
}

function StepTimes({ startedAt, completedAt }: StepTimesProps) {
  const t = useTranslations('progress');
  if (startedAt === null) return null;
  if (completedAt === null) {
    return <span>{t.rich('startedAt', { time: () => <LocalTime iso={startedAt} as="time" /> })}</span>;
  }
  const seconds = Math.max(0, Math.round((Date.parse(completedAt) - Date.parse(startedAt)) / 1000));
  const duration =
    seconds < 60
      ? t('seconds', { count: Math.max(1, seconds) })
      : t('minutesSeconds', { minutes: Math.floor(seconds / 60), seconds: seconds % 60 });
  return <span>{t('took', { duration })}</span>;
}
