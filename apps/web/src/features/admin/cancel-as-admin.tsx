'use client';

import { useTranslations } from 'next-intl';
import { Button } from '@/ui/button.tsx';
import { ConfirmDialog } from '@/ui/confirm-dialog.tsx';
import { cancelAsAdmin } from './actions.ts';
import { useAdminChange } from './outcome-toast.ts';

export function CancelAsAdmin({ generationId }: { readonly generationId: string }) {
  const t = useTranslations('admin');
  const { isPending, run } = useAdminChange();
  return (
    <ConfirmDialog
      trigger={
        <Button variant="secondary" size="small" pending={isPending}>
          {t('cancel')}
        </Button>
      }
      title={t('cancelTitle')}
      text={t('cancelText')}
      confirmLabel={t('cancel')}
      dismissLabel={t('dismiss')}
      onConfirm={() => run(() => cancelAsAdmin(generationId))}
    />
  );
}
