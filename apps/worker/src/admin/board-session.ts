import { BOARD_SESSION_S, type BoardAccess } from '@megacampus/queue/board-access';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { html } from 'hono/html';

export const BULL_BOARD_PATH = '/admin/queues';
const BOARD_COOKIE = 'megacampus_board';

export interface SignInDeps {
  readonly boardAccess: BoardAccess;
  /** Whether this user is an admin now. */
  readonly isAdmin: (userId: string) => Promise<boolean>;
}

/** The page of one job; anything else leads to the whole board. */
const JOB_ID = /^[\w-]{1,200}$/;

/**
 * Exchanges a ticket of the web app for a session. The answer is a page that goes on by itself and no redirect: a
 * browser that comes from another site would not send a strict cookie along with a redirect.
 */
export async function signInByTicket(c: Context, { boardAccess, isAdmin }: SignInDeps): Promise<Response> {
  c.header('cache-control', 'no-store');
  c.header('referrer-policy', 'no-referrer');
  const userId = await boardAccess.redeemTicket(c.req.query('ticket') ?? '');
  if (userId === null)
    return c.text('This link has been used or is too old. Open Bull Board from the admin page.', 403);
  if (!(await isAdmin(userId))) return c.text('Only for admins.', 403);
  setCookie(c, BOARD_COOKIE, await boardAccess.issueSession(userId), {
    path: BULL_BOARD_PATH,
    httpOnly: true,
    sameSite: 'Strict',
    secure: isSecure(c),
    maxAge: BOARD_SESSION_S,
  });
  const job = c.req.query('job') ?? '';
  const target = `${BULL_BOARD_PATH}${JOB_ID.test(job) ? `/queue/course-generation/${job}` : ''}`;
  return c.html(html`<!doctype html><html lang="en"><head><meta http-equiv="refresh" content="0;url=${target}" />
    <title>Bull Board</title></head><body><a href="${target}">Bull Board</a></body></html>`);
}

/** Whether the request has the session of somebody who is an admin still. */
export async function hasBoardSession(c: Context, { boardAccess, isAdmin }: SignInDeps): Promise<boolean> {
  const session = getCookie(c, BOARD_COOKIE);
  const userId = session === undefined ? null : await boardAccess.verifySession(session);
  return userId !== null && (await isAdmin(userId));
}

/** By TLS, here or at the proxy before us. */
export function isSecure(c: Context): boolean {
  return (
    c.req.header('x-forwarded-proto')?.split(',')[0]?.trim() === 'https' || new URL(c.req.url).protocol === 'https:'
  );
}
