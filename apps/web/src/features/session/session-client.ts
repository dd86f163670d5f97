import { cookies, headers } from 'next/headers';
import { getDeps } from '@/deps.ts';
import { createSessionClient, type SessionOptions } from '@/http/auth/session-client.ts';

/** How sessions are read and written here: in the cookies of the request that is being answered. */
async function sessionOptions(): Promise<SessionOptions> {
  const { auth } = getDeps();
  const store = await cookies();
  return {
    supabaseUrl: auth.supabaseUrl,
    publishableKey: auth.publishableKey,
    headers: await headers(),
    cookies: {
      getAll: () => store.getAll(),
      setAll(changes) {
        try {
          for (const { name, value, options } of changes) store.set(name, value, options);
        } catch {
          // A page that is only being rendered can't set cookies; the proxy renews sessions before it.
        }
      },
    },
  };
}

/** Signing up and in is slow on purpose (password hashing) and sends mail; a person waits for it and sees so. */
const SIGN_IN_TIMEOUT_MS = 10_000;

/** A client for signing in and out, which keeps the session in cookies. */
export async function createAuthClient() {
  return createSessionClient({ ...(await sessionOptions()), timeoutMs: SIGN_IN_TIMEOUT_MS });
}

export { sessionOptions };
