'use client';

import { Languages, SunMoon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { startTransition } from 'react';
import { LOCALE_NAMES, LOCALES, type Locale } from '@/i18n/locales.ts';
import { Menu } from '@/ui/menu.tsx';
import { chooseLocale, chooseTheme } from './actions.ts';
import { THEME_LABELS, THEMES, type Theme } from './theme.ts';

/** Each language by its own name: that is how a person finds theirs. */
export function LocaleMenu({ locale }: { readonly locale: Locale }) {
  const t = useTranslations('common');
  return (
    <Menu
      label={`${t('language')}: ${LOCALE_NAMES[locale]}`}
      trigger={
        <>
          <Languages aria-hidden />
          <span aria-hidden>{locale.toUpperCase()}</span>
        </>
      }
      entries={LOCALES.map((choice) => ({
        key: choice,
        label: LOCALE_NAMES[choice],
        lang: choice,
        isChosen: choice === locale,
        onSelect: () => startTransition(() => chooseLocale(choice)),
      }))}
    />
  );
}

export function ThemeMenu({ theme }: { readonly theme: Theme }) {
  const t = useTranslations('common');
  const choose = (choice: Theme) => {
    // At once, without waiting for the server, which remembers it for the next page.
    document.documentElement.dataset['theme'] = choice;
    startTransition(() => chooseTheme(choice));
  };
  return (
    <Menu
      label={`${t('theme')}: ${t(THEME_LABELS[theme])}`}
      trigger={<SunMoon aria-hidden />}
      entries={THEMES.map((choice) => ({
        key: choice,
        label: t(THEME_LABELS[choice]),
        isChosen: choice === theme,
        onSelect: () => choose(choice),
      }))}
    />
  );
}
