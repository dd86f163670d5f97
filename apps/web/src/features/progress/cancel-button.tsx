'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { cancelAnswer } from '@/api-client/answers.ts';
import { callApi } from '@/api-client/call-api.ts';
import { Button } from '@/ui/button.tsx';
import { ConfirmDialog } from '@/ui/confirm-dialog.tsx';
import { toast } from '@/ui/toast.ts';

export function CancelButton({ slug }: { readonly slug: string }) {
  const t = useTranslations('progress');
  const tCommon = useTranslations('common');
  const router = useRouter();
  const [isPending, setPending] = useState(false);

  async function cancel() {
    setPending(true);
    const answer = await callApi(`/api/courses/${encodeURIComponent(slug)}/cancel`, {
      method: 'POST',
      body: {},
      answer: cancelAnswer,
    });
    setPending(false);
    if (answer.kind === 'ok') toast.success(t('cancelled'));
    else if (answer.kind === 'unreachable') toast.error(tCommon('networkProblem'));
    else if (answer.status === 409) toast.info(t('alreadyEnded'));
    else toast.error(tCommon('serverProblem'));
    router.refresh();
  }

  return (
    <ConfirmDialog
      trigger={
        <Button variant="secondary" pending={isPending}>
          {t('cancel')}
        </Button>
      }
      title={t('cancelTitle')}
      text={t('cancelText')}
      confirmLabel={t('cancelConfirm')}
      dismissLabel={t('cancelDismiss')}
      onConfirm={() => void cancel()}
    />
  );
}
