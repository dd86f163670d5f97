'use client';

import { CloudOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { PageFrame } from '@/features/shell/page-frame.tsx';
import { Button } from '@/ui/button.tsx';
import { EmptyState } from '@/ui/empty-state.tsx';

interface ErrorPageProps {
  readonly error: unknown;
  readonly retry: () => void;
}

/** An outage or a fault of ours, on any page: what to do, and a code that is also in our log. */
export default function ErrorPage({ error, retry }: ErrorPageProps) {
  const t = useTranslations('errors');
  const tCommon = useTranslations('common');
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : null;
  return (
    <PageFrame width="medium">
      <div role="alert">
        <EmptyState
          level={1}
          icon={<CloudOff />}
          title={t('crashTitle')}
          text={digest === null ? t('crashText') : `${t('crashText')} ${t('crashCode', { digest })}`}
          action={<Button onClick={retry}>{tCommon('tryAgain')}</Button>}
        />
      </div>
    </PageFrame>
  );
}
