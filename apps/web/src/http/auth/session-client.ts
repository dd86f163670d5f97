import { UnavailableFault } from '@megacampus/domain/errors';
import { type CookieMethodsServer, createServerClient } from '@supabase/ssr';
import { isAuthError, type Session } from '@supabase/supabase-js';
import { fetchWithTimeout, withDeadline } from '../deadline.ts';
import { isHttps } from '../is-https.ts';

/** Fixed, so that it does not depend on the address by which server or browser reach Supabase. */
export const SESSION_COOKIE = 'megacampus-session';

/** One call to the auth server; a whole request has five seconds. */
export const AUTH_TIMEOUT_MS = 1_200;

export interface SessionOptions {
  readonly supabaseUrl: string;
  readonly publishableKey: string;
  readonly cookies: CookieMethodsServer;
  /** Of the request that is answered: over https its cookies go over https only. */
  readonly headers: Pick<Headers, 'get'>;
  /** Longest single call, in ms; `AUTH_TIMEOUT_MS` where not given. */
  readonly timeoutMs?: number;
}

/** A Supabase client that acts as the user whose session is in `cookies`. Row-level security applies. */
export function createSessionClient({
  supabaseUrl,
  publishableKey,
  cookies,
  headers,
  timeoutMs = AUTH_TIMEOUT_MS,
}: SessionOptions) {
  return createServerClient(supabaseUrl, publishableKey, {
    global: { fetch: fetchWithTimeout(timeoutMs) },
    // No script needs it: pages get what they show from the server.
    cookieOptions: { name: SESSION_COOKIE, httpOnly: true, secure: isHttps(headers) },
    cookies,
  });
}

/**
 * The session in the cookies, renewed when it has expired; null where there is none. Not verified: it comes from
 * the browser. The client library goes on trying to renew for half a minute during an outage; here it has
 * `AUTH_TIMEOUT_MS`.
 *
 * @throws UnavailableFault when it must be renewed and the auth server is out of reach.
 */
export async function readSession(options: SessionOptions): Promise<Session | null> {
  const { data, error } = await withDeadline(
    createSessionClient(options).auth.getSession(),
    AUTH_TIMEOUT_MS,
    () => new UnavailableFault('auth'),
  );
  if (error !== null && !isRefusal(error)) throw new UnavailableFault('auth', error);
  return data.session;
}

/** Whether the auth server said no (signed out, used up, deleted user), as opposed to not answering. */
export function isRefusal(error: unknown): boolean {
  if (!isAuthError(error) || error.status === undefined) return false;
  return error.status >= 400 && error.status < 500 && error.status !== 429;
}
