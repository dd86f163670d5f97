'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { Alert } from '@/ui/alert.tsx';

/** Following the work takes code that no other reader needs. */
const Running = dynamic(() => import('./running.tsx'), { ssr: false });

interface RunningBannerProps {
  readonly slug: string;
  readonly text: string;
  /** What was asked for; empty without a wish. */
  readonly wish: string;
}

/** The text below is still the one before; when the work is done the page shows the new one by itself. */
export function RunningBanner({ slug, text, wish }: RunningBannerProps) {
  const t = useTranslations('rewrite');
  return (
    <Alert tone="info" title={text}>
      {wish ? <p>{t('wish', { text: wish })}</p> : null}
      <div className="mt-3 min-h-11">
        <Running slug={slug} />
      </div>
    </Alert>
  );
}
