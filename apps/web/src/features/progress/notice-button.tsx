'use client';

import { Bell, BellRing } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { Button } from '@/ui/button.tsx';
import { noticeState, onNoticeChange, switchNotice } from './notice.ts';

const onServer = () => 'unsupported' as const;

/** Asks to be told when the course is done. Nothing is asked of the reader before they press it. */
export function NoticeButton() {
  const t = useTranslations('progress');
  const state = useSyncExternalStore(onNoticeChange, noticeState, onServer);
  if (state === 'unsupported') return null;
  if (state === 'blocked') return <p className="text-muted-foreground text-sm">{t('noticeBlocked')}</p>;
  const isOn = state === 'on';
  return (
    <Button variant="ghost" size="small" aria-pressed={isOn} onClick={() => void switchNotice(!isOn)}>
      {isOn ? <BellRing aria-hidden /> : <Bell aria-hidden />}
      {t(isOn ? 'noticeOn' : 'noticeOff')}
    </Button>
  );
}
