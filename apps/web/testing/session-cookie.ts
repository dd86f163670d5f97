import type { StackAddresses } from '@megacampus/stack/local-stack';
import { clientFor, type TestUser } from '@megacampus/test-kit/users';
import { createChunks, stringToBase64URL } from '@supabase/ssr';
import type { Session } from '@supabase/supabase-js';
import { SESSION_COOKIE } from '../src/http/auth/session-client.ts';

/** The cookies of a browser in which this user has signed in; `expired` an hour ago, to be renewed. */
export async function sessionCookies(
  stack: StackAddresses,
  user: TestUser,
  { expired = false } = {},
): Promise<{ name: string; value: string }[]> {
  const { data, error } = await clientFor(stack, stack.publishableKey).auth.signInWithPassword(user);
  if (error !== null) throw error;
  const session: Session = expired ? { ...data.session, expires_at: Date.now() / 1000 - 3600 } : data.session;
  const value = `base64-${stringToBase64URL(JSON.stringify(session))}`;
  return createChunks(SESSION_COOKIE, value);
}

/** The same as a Cookie header. */
export async function sessionCookie(...args: Parameters<typeof sessionCookies>): Promise<string> {
  const cookies = await sessionCookies(...args);
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}
