import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { isLocale, LOCALE_COOKIE, localeFromHeader } from './locales.ts';
import { TIME_ZONE_COOKIE, timeZoneOr } from './time-zone.ts';

/**
 * The language of a request: the cookie (set by the switch, and at sign-in from the user's profile), else what
 * the browser asks for.
 */
export default getRequestConfig(async () => {
  const jar = await cookies();
  const chosen = jar.get(LOCALE_COOKIE)?.value;
  const locale = isLocale(chosen) ? chosen : localeFromHeader((await headers()).get('accept-language'));
  const messages = (await import(`./messages/${locale}.json`)).default;
  return { locale, messages, timeZone: timeZoneOr(jar.get(TIME_ZONE_COOKIE)?.value) };
});
