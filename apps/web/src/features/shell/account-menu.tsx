'use client';

import { CircleUserRound, LogOut, Settings } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { startTransition } from 'react';
import { signOut } from '@/features/auth/actions.ts';
import type { Profile } from '@/features/session/session-user.ts';
import { Menu } from '@/ui/menu.tsx';

interface AccountMenuProps {
  readonly email: string;
  readonly profile: Profile | null;
}

export function AccountMenu({ email, profile }: AccountMenuProps) {
  const t = useTranslations('common');
  return (
    <Menu
      label={t('account', { email })}
      trigger={<CircleUserRound aria-hidden />}
      note={
        <>
          <span className="block max-w-56 truncate font-medium text-foreground">{profile?.displayName || email}</span>
          {profile?.displayName ? <span className="block max-w-56 truncate">{email}</span> : null}
          {profile?.tier}
        </>
      }
      entries={[
        {
          key: 'account',
          label: (
            <>
              <Settings className="size-4" aria-hidden />
              {t('accountPage')}
            </>
          ),
          href: '/account',
        },
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
