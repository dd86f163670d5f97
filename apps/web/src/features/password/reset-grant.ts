import { hkdfSync } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { cookies, headers } from 'next/headers';
import { getDeps } from '@/deps.ts';
import { isHttps } from '@/http/is-https.ts';

const COOKIE = 'password-reset';
const AUDIENCE = 'password-reset';

/** From following the link to saving the new password. */
const LIFETIME_S = 15 * 60;

/**
 * Notes in this browser that its user has come by a link for a new password, so may set one without the old one. A
 * session alone is not enough: whoever finds an open one could take the account over.
 */
export async function grantReset(userId: string): Promise<void> {
  const grant = await new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(AUDIENCE)
    .setSubject(userId)
    .setIssuedAt()
    .setExpirationTime(`${LIFETIME_S} s`)
    .sign(signingKey());
  (await cookies()).set(COOKIE, grant, {
    path: '/',
    maxAge: LIFETIME_S,
    sameSite: 'lax',
    httpOnly: true,
    secure: isHttps(await headers()),
  });
}

/** Whether this user has come by a link, a short while ago. */
export async function mayReset(userId: string): Promise<boolean> {
  const grant = (await cookies()).get(COOKIE)?.value;
  if (grant === undefined) return false;
  const checks = { audience: AUDIENCE, subject: userId, algorithms: ['HS256'], requiredClaims: ['exp'] };
  return jwtVerify(grant, signingKey(), checks).then(
    () => true,
    () => false,
  );
}

export async function endReset(): Promise<void> {
  (await cookies()).delete(COOKIE);
}

/** The secret key signs nothing itself. */
function signingKey(): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', getDeps().env.secretKey, '', 'megacampus password reset', 32));
}
