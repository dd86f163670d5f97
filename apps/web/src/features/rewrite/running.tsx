'use client';

import { hasEnded } from '@megacampus/domain/lifecycle';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { CancelButton } from '@/features/progress/cancel-button.tsx';
import { watchStatus } from '@/features/progress/watch-status.ts';
import { ProgressBar } from '@/ui/progress-bar.tsx';
import { toast } from '@/ui/toast.ts';

/** How far the work is; renders the page anew when it has ended. */
export default function Running({ slug }: { readonly slug: string }) {
  const t = useTranslations('rewrite');
  const router = useRouter();
  const [percentage, setPercentage] = useState(0);
  useEffect(() => {
    const stop = watchStatus(slug, null, {
      onStatus(status) {
        setPercentage(status.generationProgress?.percentage ?? 0);
        if (!hasEnded(status.currentGenerationStatus)) return;
        stop();
        if (status.currentGenerationStatus === 'completed') toast.success(t('done'));
        router.refresh();
      },
      onConnection() {},
      onLost() {
        stop();
        router.refresh();
      },
    });
    return stop;
  }, [slug, router, t]);
  return (
    <div className="flex flex-wrap items-center gap-4">
      <ProgressBar percentage={percentage} label={t('bar')} className="min-w-40 flex-1" />
      <CancelButton slug={slug} />
    </div>
  );
}
