'use client';

import { useTranslations } from 'next-intl';
import { Alert } from '@/ui/alert.tsx';
import type { Refusal } from './refusal.ts';
import { useSecondsLeft } from './use-seconds-left.ts';

/** Says in words why the generation did not start, and counts down to when it may. */
export function RefusalAlert({ refusal }: { readonly refusal: Refusal }) {
  const t = useTranslations('course');
  const tCommon = useTranslations('common');
  switch (refusal.kind) {
    case 'network':
      return (
        <Alert tone="danger" announce>
          {tCommon('networkProblem')}
        </Alert>
      );
    case 'signedOut':
    case 'gone':
      return (
        <Alert tone="danger" announce>
          {tCommon(refusal.kind === 'gone' ? 'serverProblem' : 'signedOut')}
        </Alert>
      );
    case 'userLimit':
      return (
        <Alert tone="warning" title={t('userLimitTitle')} announce>
          <p>{t('userLimitText', { tier: refusal.tier, limit: refusal.limit })}</p>
          <WhenAgain retryAfterS={refusal.retryAfterS} />
        </Alert>
      );
    default:
      return (
        <Alert tone={refusal.kind === 'globalLimit' ? 'warning' : 'danger'} title={t(`${refusal.kind}Title`)} announce>
          <p>{t(`${refusal.kind}Text`)}</p>
          {refusal.kind === 'conflict' ? null : <WhenAgain retryAfterS={refusal.retryAfterS} />}
        </Alert>
      );
  }
}

function WhenAgain({ retryAfterS }: { readonly retryAfterS: number | null }) {
  const t = useTranslations('course');
  const secondsLeft = useSecondsLeft(retryAfterS ?? 0);
  if (retryAfterS === null) return <p>{t('retrySoon')}</p>;
  if (secondsLeft <= 0) return <p>{t('retryNow')}</p>;
  // Counted for the eyes; a screen reader is not told each second.
  return (
    <p aria-live="off" className="tabular-nums">
      {secondsLeft >= 120
        ? t('retryAfterMinutes', { minutes: Math.ceil(secondsLeft / 60) })
        : t('retryAfter', { seconds: secondsLeft })}
    </p>
  );
}
