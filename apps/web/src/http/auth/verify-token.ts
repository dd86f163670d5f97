import type { webcrypto } from 'node:crypto';
import { UnavailableFault } from '@megacampus/domain/errors';
import type { SupabaseClient } from '@supabase/supabase-js';
import { createRemoteJWKSet, decodeProtectedHeader, errors, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import { AUTH_TIMEOUT_MS, isRefusal } from './session-client.ts';

/** The user a token belongs to, or null where the token is not valid. */
export type TokenVerifier = (token: string) => Promise<{ readonly userId: string } | null>;

/** Supabase's own tokens are 1–2 KB; more is not worth decoding. */
const MAX_TOKEN_LENGTH = 8_192;

/** Clocks of two servers differ a little. */
const CLOCK_TOLERANCE_S = 5;

const claimsSchema = z.object({ sub: z.uuid(), role: z.literal('authenticated') });

/**
 * Verifies Supabase access tokens: HS256 with the secret where it is configured, asymmetric algorithms with the
 * project's published keys (cached), and otherwise by asking the auth server. Any other algorithm, "none"
 * above all, is refused unasked.
 *
 * A token that is verified locally stays good until it expires (an hour by default), even when its user has
 * signed out, is banned or deleted since. A deleted user's courses are deleted with them, so such a token
 * finds nothing of its own; row-level security trusts the same token in the same way.
 *
 * @throws UnavailableFault when keys or the auth server are out of reach: an outage is never a bad token.
 */
export function createTokenVerifier(options: {
  readonly supabaseUrl: string;
  readonly jwtSecret?: string | undefined;
  /** Any client of the project; used where only the auth server can tell. */
  readonly client: Pick<SupabaseClient, 'auth'>;
}): TokenVerifier {
  const secret = options.jwtSecret === undefined ? null : importSecret(options.jwtSecret);
  const keys = createRemoteJWKSet(new URL('/auth/v1/.well-known/jwks.json', options.supabaseUrl), {
    timeoutDuration: AUTH_TIMEOUT_MS,
  });

  return async (token) => {
    const algorithm = token.length <= MAX_TOKEN_LENGTH ? algorithmOf(token) : null;
    switch (algorithm) {
      case 'HS256':
        if (secret === null) return askServer(options.client, token);
        return checked(async () => jwtVerify(token, await secret, { algorithms: ['HS256'], ...CHECKS }));
      case 'ES256':
      case 'RS256':
        return checked(() => jwtVerify(token, keys, { algorithms: [algorithm], ...CHECKS }));
      default:
        return null;
    }
  };
}

/** Made once: of bytes, and of a key object too, jose makes one for each token. */
function importSecret(secret: string): Promise<webcrypto.CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return crypto.subtle.importKey('raw', new TextEncoder().encode(secret), algorithm, false, ['verify']);
}

const CHECKS = { audience: 'authenticated', requiredClaims: ['exp', 'sub'], clockTolerance: CLOCK_TOLERANCE_S };

function algorithmOf(token: string): string | null {
  try {
    return decodeProtectedHeader(token).alg ?? null;
  } catch {
    return null;
  }
}

/** Errors of jose that are about the key server and not about the token. */
const KEY_SERVER_CODES = new Set<string>([errors.JWKSTimeout.code, errors.JWKSInvalid.code, errors.JOSEError.code]);

async function checked(verify: () => Promise<{ payload: JWTPayload }>): Promise<{ userId: string } | null> {
  try {
    const claims = claimsSchema.safeParse((await verify()).payload);
    return claims.success ? { userId: claims.data.sub } : null;
  } catch (err) {
    if (err instanceof errors.JOSEError && !KEY_SERVER_CODES.has(err.code)) return null;
    throw new UnavailableFault('auth', err);
  }
}

async function askServer(client: Pick<SupabaseClient, 'auth'>, token: string): Promise<{ userId: string } | null> {
  const { data, error } = await client.auth.getUser(token);
  if (error === null) return { userId: data.user.id };
  if (isRefusal(error)) return null;
  throw new UnavailableFault('auth', error);
}
