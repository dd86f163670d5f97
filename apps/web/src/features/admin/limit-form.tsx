'use client';

import { GLOBAL_LIMIT } from '@megacampus/domain/global-limit';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/ui/button.tsx';
import { ConfirmDialog } from '@/ui/confirm-dialog.tsx';
import { Field } from '@/ui/field.tsx';
import { Input } from '@/ui/input.tsx';
import { changeGlobalLimit } from './actions.ts';
import { useAdminChange } from './outcome-toast.ts';

/** The bound on generations in flight over all users. */
export function LimitForm({ limit }: { readonly limit: number }) {
  const t = useTranslations('admin');
  const { isPending, run } = useAdminChange();
  const [text, setText] = useState(String(limit));
  const wanted = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  const isValid = wanted >= GLOBAL_LIMIT.min && wanted <= GLOBAL_LIMIT.max;
  const button = (
    <Button variant="secondary" pending={isPending} disabled={!isValid || wanted === limit}>
      {t('limitChange')}
    </Button>
  );
  return (
    <div className="space-y-3">
      <Field
        label={t('limitLabel')}
        hint={t('limitHint')}
        error={isValid ? undefined : t('limitInvalid', GLOBAL_LIMIT)}
      >
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            autoComplete="off"
            value={text}
            onChange={(event) => setText(event.target.value.trim())}
          />
        )}
      </Field>
      <ConfirmDialog
        trigger={button}
        title={t('limitTitle', { limit: isValid ? wanted : limit })}
        text={t('limitText')}
        confirmLabel={t('limitChange')}
        dismissLabel={t('dismiss')}
        onConfirm={() => run(() => changeGlobalLimit(wanted))}
      />
    </div>
  );
}
