'use client';

import { CircleUserRound, LogOut } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { startTransition } from 'react';
import { signOut } from '@/features/auth/actions.ts';
import { Menu } from '@/ui/menu.tsx';

export function AccountMenu({ email, tier }: { readonly email: string; readonly tier: string | null }) {
  const t = useTranslations('common');
  return (
    <Menu
      label={t('account', { email })}
      trigger={<CircleUserRound aria-hidden />}
      note={
        <>
          <span className="block max-w-56 truncate font-medium text-foreground">{email}</span>
          {tier}
        </>
      }
      entries={[
        {
          key: 'sign-out',
          label: (
            <>
              <LogOut className="size-4" aria-hidden />
              {t('signOut')}
            </>
          ),
          onSelect: () => startTransition(() => signOut()),
        },
      ]}
    />
  );
}
