'use client';

import type { ActivityResponse, CheckStatusResponse } from '@megacampus/domain/api';
import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { estimate } from './estimate.ts';

interface RemainingTimeProps {
  readonly status: CheckStatusResponse;
  readonly activity: ActivityResponse;
}

const TICK_MS = 5_000;
const everyTick = (onChange: () => void) => {
  const timer = setInterval(onChange, TICK_MS);
  return () => clearInterval(timer);
};
const now = () => Math.floor(Date.now() / TICK_MS) * TICK_MS;
const unknown = () => null;

/** How long it will probably take still, in words, and what that is known from. */
export function RemainingTime({ status, activity }: RemainingTimeProps) {
  const t = useTranslations('progress');
  // The server's clock is not the reader's: what depends on it is said once there is one.
  const nowMs = useSyncExternalStore<number | null>(everyTick, now, unknown);
  if (nowMs === null) return null;
  const left = estimate(status, activity.activity, activity.pace, nowMs);
  if (left === null) return null;
  const minutes = Math.round(left.seconds / 60);
  const words = minutes < 1 ? t('leftUnderMinute') : t('leftMinutes', { minutes });
  return (
    <span>
      {words} {t(left.by === 'own' ? 'leftByOwn' : 'leftByOthers')}
    </span>
  );
}
