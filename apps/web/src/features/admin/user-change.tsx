'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/ui/button.tsx';
import { ConfirmDialog } from '@/ui/confirm-dialog.tsx';
import { Select } from '@/ui/input.tsx';
import { changeRole, changeTier } from './actions.ts';
import { useAdminChange } from './outcome-toast.ts';

interface UserChangeProps {
  readonly userId: string;
  readonly email: string;
  readonly of: 'tier' | 'role';
  readonly value: string;
  readonly options: readonly string[];
}

/** A user's tier or role, to be changed after a question. */
export function UserChange({ userId, email, of, value, options }: UserChangeProps) {
  const t = useTranslations('admin');
  const { isPending, run } = useAdminChange();
  const [wanted, setWanted] = useState(value);
  const nameOf = (option: string) => (of === 'role' ? t(`role.${option as 'user' | 'admin'}`) : option);
  return (
    <div className="flex items-center gap-2">
      <Select
        aria-label={t(of === 'tier' ? 'tierOf' : 'roleOf', { email })}
        className="h-9! w-auto! min-w-32"
        value={wanted}
        onChange={(event) => setWanted(event.target.value)}
      >
        {options.map((option) => (
          <option key={option} value={option}>
            {nameOf(option)}
          </option>
        ))}
      </Select>
      {wanted === value ? null : (
        <ConfirmDialog
          trigger={
            <Button size="small" variant="secondary" pending={isPending}>
              {t('change')}
            </Button>
          }
          title={t('changeTitle', { email, before: nameOf(value), after: nameOf(wanted) })}
          text={t(of === 'tier' ? 'tierText' : 'roleText')}
          confirmLabel={t('change')}
          dismissLabel={t('dismiss')}
          onConfirm={() => run(() => (of === 'tier' ? changeTier : changeRole)(userId, wanted))}
        />
      )}
    </div>
  );
}
