'use client';

import type { CheckStatusResponse } from '@megacampus/domain/api';
import { useTranslations } from 'next-intl';
import { useStepName } from './step-name.ts';

/** Every tenth only: a screen reader that is told each per cent says nothing else. */
const ANNOUNCED_EVERY = 10;

/** Tells a screen reader where the generation has got to, politely. */
export function ProgressAnnouncer({ status }: { readonly status: CheckStatusResponse }) {
  const t = useTranslations('progress');
  const stepName = useStepName();
  const progress = status.generationProgress;
  const step = progress?.steps.findLast((candidate) => candidate.status !== 'pending');
  const percentage = Math.floor((progress?.percentage ?? 0) / ANNOUNCED_EVERY) * ANNOUNCED_EVERY;
  return (
    <div aria-live="polite" className="sr-only">
      {progress && step ? t('announce', { step: stepName(step.id, progress.has_documents), percentage }) : ''}
    </div>
  );
}
