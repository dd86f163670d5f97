import { createUserClient, must } from '@megacampus/db/clients';
import { parseTier, type Tier } from '@megacampus/domain/tiers';
import { decodeJwt } from 'jose';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { getDeps } from '@/deps.ts';
import { readSession } from '@/http/auth/session-client.ts';
import { sessionOptions } from './session-client.ts';

export interface SessionUser {
  readonly id: string;
  readonly email: string;
  readonly accessToken: string;
  /** Reads and writes as this user: row-level security applies. */
  readonly db: ReturnType<typeof createUserClient>;
}

/** Longest call to the database while a page is rendered, in ms. */
const PAGE_TIMEOUT_MS = 5_000;

/**
 * The signed-in user of this request, read once; null for a visitor.
 *
 * @throws UnavailableFault when that can't be known: an outage never looks like being signed out.
 */
export const sessionUser = cache(async (): Promise<SessionUser | null> => {
  const { env, auth } = getDeps();
  const session = await readSession(await sessionOptions());
  if (session === null) return null;
  const verified = await auth.verifyToken(session.access_token);
  if (verified === null) return null;
  const db = createUserClient({
    url: env.SUPABASE_URL,
    key: env.publishableKey,
    accessToken: session.access_token,
    timeoutMs: PAGE_TIMEOUT_MS,
  });
  return {
    id: verified.userId,
    // From the token, which has been verified, not from the rest of the cookie, which has not.
    email: emailOf(session.access_token),
    accessToken: session.access_token,
    db,
  };
});

export interface Profile {
  /** What the user has paid for. */
  readonly tier: Tier;
  /** Empty for somebody who has not given one. */
  readonly displayName: string;
}

/** Read once a request. @throws UnavailableFault: an outage takes nobody's tier away. */
export const profileOf = cache(async (user: SessionUser): Promise<Profile> => {
  const query = user.db.from('user_profiles').select('tier, display_name').eq('id', user.id);
  const row = must(await query.maybeSingle(), 'database');
  return { tier: parseTier(row?.tier), displayName: row?.display_name ?? '' };
});

/** @throws UnavailableFault */
export async function tierOf(user: SessionUser): Promise<Tier> {
  return (await profileOf(user)).tier;
}

function emailOf(accessToken: string): string {
  const { email } = decodeJwt(accessToken);
  return typeof email === 'string' ? email : '';
}

/** For what can do without: the frame around a page that will report the outage itself. */
export async function sessionUserOrNull(): Promise<SessionUser | null> {
  return sessionUser().catch(() => null);
}

/** The user of a page that needs one; a visitor is sent to sign in and back to `path`. */
export async function requireUser(path: string): Promise<SessionUser> {
  const user = await sessionUser();
  if (user === null) redirect(`/sign-in?next=${encodeURIComponent(path)}`);
  return user;
}
