import { GraduationCap } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { LocaleMenu, ThemeMenu } from '@/features/preferences/preference-menu.tsx';
import type { Theme } from '@/features/preferences/theme.ts';
import type { Profile, SessionUser } from '@/features/session/session-user.ts';
import type { Locale } from '@/i18n/locales.ts';
import { Button } from '@/ui/button.tsx';
import { cn } from '@/ui/class-names.ts';
import { Link } from '@/ui/link.tsx';
import { AccountMenu } from './account-menu.tsx';

interface HeaderProps {
  readonly user: SessionUser | null;
  /** Null for a visitor, and while it can't be known. */
  readonly profile: Profile | null;
  readonly locale: Locale;
  readonly theme: Theme;
}

export function Header({ user, profile, locale, theme }: HeaderProps) {
  const t = useTranslations('common');
  return (
    <header className="sticky top-0 z-30 border-b bg-background/95 backdrop-blur print:hidden">
      <div className="mx-auto flex h-16 max-w-5xl items-center gap-1 px-4 sm:px-6">
        <Link href="/" className="mr-auto flex items-center gap-2 rounded-md py-2 font-semibold tracking-tight">
          <GraduationCap className="size-6 text-primary" aria-hidden />
          <span className={cn(user && 'max-sm:sr-only')}>{t('appName')}</span>
        </Link>
        <nav aria-label={t('mainNavigation')} className="flex items-center gap-1">
          {user ? (
            <Button asChild variant="ghost" size="small">
              <Link href="/courses">{t('myCourses')}</Link>
            </Button>
          ) : (
            <Button asChild variant="ghost" size="small">
              <Link href="/sign-in">{t('signIn')}</Link>
            </Button>
          )}
        </nav>
        <LocaleMenu locale={locale} />
        <ThemeMenu theme={theme} />
        {user ? <AccountMenu email={user.email} profile={profile} /> : null}
      </div>
    </header>
  );
}
