import { hkdfSync } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { nanoid } from 'nanoid';
import type { RedisClient } from '../connections/connections.ts';
import type { Keys } from '../keys.ts';
import { orUnavailable } from '../unavailable.ts';

/** Long enough for a redirect, too short to be of use to whoever finds it in a log. */
export const TICKET_TTL_S = 30;
/** After this an admin comes by the web app again. */
export const BOARD_SESSION_S = 30 * 60;

const ISSUER = 'megacampus';
const TICKET = 'bull-board-ticket';
const SESSION = 'bull-board-session';

/**
 * How an admin of the web app comes into Bull Board without a second sign-in: a signed ticket, good once and for
 * seconds, is exchanged for a session. Whoever exchanges it still asks whether the user is an admin.
 */
export interface BoardAccess {
  /** In the web app, for a user who is an admin. */
  issueTicket(userId: string): Promise<string>;
  /** The user of a ticket, which is spent with it; null for a bad, late or spent one. @throws UnavailableFault */
  redeemTicket(ticket: string): Promise<string | null>;
  issueSession(userId: string): Promise<string>;
  /** The user of a session; null for a bad or late one. */
  verifySession(session: string): Promise<string | null>;
}

/** `secret`: one that both apps have, of high entropy; it signs nothing itself, a key is derived from it. */
export function createBoardAccess(redis: RedisClient, keys: Keys, secret: string): BoardAccess {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', 'megacampus bull board', 32));
  const sign = (audience: string, userId: string, ttlS: number) =>
    new SignJWT()
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(ISSUER)
      .setAudience(audience)
      .setSubject(userId)
      .setJti(nanoid())
      .setIssuedAt()
      .setExpirationTime(`${ttlS} s`)
      .sign(key);
  const verify = async (audience: string, token: string) => {
    const options = { issuer: ISSUER, audience, algorithms: ['HS256'], requiredClaims: ['exp', 'jti', 'sub'] };
    const verified = await jwtVerify(token, key, options).catch(() => null);
    return verified?.payload ?? null;
  };
  return {
    issueTicket: (userId) => sign(TICKET, userId, TICKET_TTL_S),
    async redeemTicket(ticket) {
      const claims = await verify(TICKET, ticket);
      if (claims?.jti === undefined) return null;
      // Kept longer than the ticket can live, so that it can't come back.
      const isFirst = await orUnavailable(redis.set(keys.spentTicket(claims.jti), '1', 'EX', TICKET_TTL_S * 2, 'NX'));
      return isFirst === 'OK' ? (claims.sub ?? null) : null;
    },
    issueSession: (userId) => sign(SESSION, userId, BOARD_SESSION_S),
    verifySession: async (session) => (await verify(SESSION, session))?.sub ?? null,
  };
}
