import { notFound } from 'next/navigation';
import { cache } from 'react';
import { getDeps } from '@/deps.ts';
import { type SessionUser, sessionUser } from '@/features/session/session-user.ts';

/** The signed-in admin of this request, asked of the database; null for anybody else. @throws UnavailableFault */
export const adminOrNull = cache(async (): Promise<SessionUser | null> => {
  const user = await sessionUser();
  return user !== null && (await getDeps().admin.isAdmin(user.id)) ? user : null;
});

/** For every page and route of the admin: to anybody else there is no such page. */
export async function requireAdmin(): Promise<SessionUser> {
  return (await adminOrNull()) ?? notFound();
}
