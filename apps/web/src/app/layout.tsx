import './fonts.css';
import './globals.css';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { isTheme, THEME_COOKIE } from '@/features/preferences/theme.ts';
import { profileOf, sessionUserOrNull } from '@/features/session/session-user.ts';
import { Header } from '@/features/shell/header.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { Toaster } from '@/ui/toaster.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations();
  const name = t('common.appName');
  return { title: { default: name, template: `%s · ${name}` }, description: t('welcome.lead') };
}

export const viewport: Viewport = { colorScheme: 'light dark' };

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const [locale, t, user, cookieStore] = await Promise.all([
    getLocale(),
    getTranslations('common'),
    sessionUserOrNull(),
    cookies(),
  ]);
  const profile = user && (await profileOf(user).catch(() => null));
  const chosen = cookieStore.get(THEME_COOKIE)?.value;
  const theme = isTheme(chosen) ? chosen : 'system';
  return (
    <html lang={locale} data-theme={theme}>
      <body className="flex min-h-dvh flex-col antialiased">
        <a
          href="#content"
          className="sr-only focus:not-sr-only focus:fixed focus:top-3 focus:left-3 focus:z-50 focus:rounded-lg focus:bg-card focus:px-4 focus:py-3 focus:shadow-lg"
        >
          {t('skipToContent')}
        </a>
        <ClientMessages of={['errors']}>
          <Header user={user} profile={profile} locale={locale} theme={theme} />
          {children}
          <Toaster theme={theme} label={t('notifications')} />
        </ClientMessages>
      </body>
    </html>
  );
}
