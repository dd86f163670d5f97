import { cookies, headers } from 'next/headers';
import { isHttps } from '@/http/is-https.ts';

const YEAR_S = 365 * 24 * 60 * 60;

/** Keeps what a visitor likes for a year, for this site only; nothing secret. */
export async function keepPreference(name: string, value: string): Promise<void> {
  const secure = isHttps(await headers());
  (await cookies()).set(name, value, { path: '/', maxAge: YEAR_S, sameSite: 'lax', httpOnly: true, secure });
}
