'use client';

import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useState } from 'react';
import { Alert } from '@/ui/alert.tsx';
import { previewLesson } from './actions.tsx';

type Shown = { readonly kind: 'loading' | 'failed' } | { readonly kind: 'ready'; readonly page: ReactNode };

/** The text as it will look, rendered by the server as the lesson's page is. */
export function Preview({ content }: { readonly content: string }) {
  const t = useTranslations('editor');
  const tCommon = useTranslations('common');
  const [shown, setShown] = useState<Shown>({ kind: 'loading' });
  useEffect(() => {
    let isWanted = true;
    previewLesson(content).then(
      (page) => isWanted && setShown({ kind: 'ready', page }),
      () => isWanted && setShown({ kind: 'failed' }),
    );
    return () => {
      isWanted = false;
    };
  }, [content]);
  if (shown.kind === 'failed') return <Alert tone="danger">{tCommon('networkProblem')}</Alert>;
  return (
    <section aria-label={t('preview')} aria-busy={shown.kind === 'loading'} className="min-h-96 rounded-xl border p-5">
      {shown.kind === 'ready' ? shown.page : <p className="text-muted-foreground">{tCommon('loading')}</p>}
    </section>
  );
}
