'use client';

import { Pause, Play } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState, useTransition } from 'react';
import { Button } from '@/ui/button.tsx';

const REFRESH_MS = 5_000;

/** Renders the page anew every few seconds while it is looked at, until paused. What is shown stays until then. */
export function AutoRefresh() {
  const t = useTranslations('admin');
  const router = useRouter();
  const [isPaused, setPaused] = useState(false);
  const [isPending, start] = useTransition();

  useEffect(() => {
    if (isPaused || isPending) return;
    const timer = setInterval(() => {
      if (!document.hidden) start(() => router.refresh());
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, [isPaused, isPending, router]);

  return (
    <Button variant="secondary" size="small" aria-pressed={isPaused} onClick={() => setPaused(!isPaused)}>
      {isPaused ? <Play aria-hidden /> : <Pause aria-hidden />}
      {t('pause')}
    </Button>
  );
}
