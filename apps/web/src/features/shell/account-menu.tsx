'use client';

import { CircleUserRound, LogOut } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { startTransition } from 'react';
import { signOut } from '@/features/auth/actions.ts';
import { Menu, MenuChoice, MenuText } from '@/ui/menu.tsx';

export function AccountMenu({ email, tier }: { readonly email: string; readonly tier: string | null }) {
  const t = useTranslations('common');
  return (
    <Menu label={t('account', { email })} trigger={<CircleUserRound aria-hidden />}>
      <MenuText>
        <span className="block max-w-56 truncate font-medium text-foreground">{email}</span>
        {tier}
      </MenuText>
      <MenuChoice onSelect={() => startTransition(() => signOut())}>
        <LogOut className="size-4" aria-hidden />
        {t('signOut')}
      </MenuChoice>
    </Menu>
  );
}
