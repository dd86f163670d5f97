import { createUserClient } from '@megacampus/db/clients';
import { cookies } from 'next/headers';
import { getDeps } from '@/deps.ts';
import { sessionUserOrNull } from '@/features/session/session-user.ts';
import { requestLog } from '@/http/request-log.ts';
import { isLocale, LOCALE_COOKIE, type Locale } from '@/i18n/locales.ts';
import { keepPreference } from './preference-cookie.ts';

/** Remembers the language for a signed-in user's other devices. Best effort: the cookie has it already. */
export async function saveProfileLocale(locale: Locale): Promise<void> {
  const user = await sessionUserOrNull();
  if (user === null) return;
  const { error } = await user.db.from('user_profiles').update({ locale }).eq('id', user.id);
  if (error) (await requestLog()).warn({ err: error, userId: user.id }, 'the language was not saved');
}

/** After signing in on a device that has no choice of its own: the user's language is used here as well. */
export async function adoptProfileLocale(userId: string, accessToken: string): Promise<void> {
  if ((await cookies()).has(LOCALE_COOKIE)) return;
  const { env } = getDeps();
  const db = createUserClient({ url: env.SUPABASE_URL, key: env.publishableKey, accessToken, timeoutMs: 2_000 });
  const { data, error } = await db.from('user_profiles').select('locale').eq('id', userId).maybeSingle();
  if (error) (await requestLog()).warn({ err: error, userId }, 'the language was not read');
  if (isLocale(data?.locale)) await keepPreference(LOCALE_COOKIE, data.locale);
}
