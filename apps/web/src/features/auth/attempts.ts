import type { RateLimit } from '@megacampus/queue/rate-limits';
import { headers } from 'next/headers';
import { getDeps } from '@/deps.ts';
import { clientAddress } from '@/http/client-address.ts';

/** Counts one try to sign in; false when this address or this e-mail has tried too often. */
export async function maySignIn(email: string): Promise<boolean> {
  const { signIn, signInFromAddress } = getDeps().rateLimits;
  return mayTry(email, signIn, signInFromAddress);
}

/** Counts one mail with a link; false when this address or this e-mail, known to us or not, has asked too often. */
export async function mayAskForLink(email: string): Promise<boolean> {
  const { passwordLink, passwordLinkFromAddress } = getDeps().rateLimits;
  return mayTry(email, passwordLink, passwordLinkFromAddress);
}

/** Counts one new account; false when there were too many from this address. */
export async function maySignUp(): Promise<boolean> {
  const { signUpFromAddress } = getDeps().rateLimits;
  return (await signUpFromAddress.attempt(clientAddress(await headers()))).kind === 'allowed';
}

async function mayTry(email: string, byEmail: RateLimit, byAddress: RateLimit): Promise<boolean> {
  const address = clientAddress(await headers());
  const outcomes = await Promise.all([byAddress.attempt(address), byEmail.attempt(email.toLowerCase())]);
  return outcomes.every(({ kind }) => kind === 'allowed');
}
