import { headers } from 'next/headers';
import { getDeps } from '@/deps.ts';
import { clientAddress } from '@/http/client-address.ts';

/** Counts one try to sign in; false when this address or this e-mail has tried too often. */
export async function maySignIn(email: string): Promise<boolean> {
  const { signIn, signInFromAddress } = getDeps().rateLimits;
  const address = clientAddress(await headers());
  const outcomes = await Promise.all([signInFromAddress.attempt(address), signIn.attempt(email.toLowerCase())]);
  return outcomes.every(({ kind }) => kind === 'allowed');
}

/** Counts one new account; false when there were too many from this address. */
export async function maySignUp(): Promise<boolean> {
  const { signUpFromAddress } = getDeps().rateLimits;
  return (await signUpFromAddress.attempt(clientAddress(await headers()))).kind === 'allowed';
}
