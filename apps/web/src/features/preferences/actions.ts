'use server';

import { isLocale, LOCALE_COOKIE } from '@/i18n/locales.ts';
import { keepPreference } from './preference-cookie.ts';
import { saveProfileLocale } from './profile-locale.ts';
import { isTheme, THEME_COOKIE } from './theme.ts';

/** The language of the interface from now on: on this device, and for a signed-in user on their next one. */
export async function chooseLocale(locale: string): Promise<void> {
  if (!isLocale(locale)) return;
  await keepPreference(LOCALE_COOKIE, locale);
  await saveProfileLocale(locale);
}

export async function chooseTheme(theme: string): Promise<void> {
  if (!isTheme(theme)) return;
  await keepPreference(THEME_COOKIE, theme);
}
