'use server';

import { redirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { adoptProfileLocale } from '@/features/preferences/profile-locale.ts';
import { createAuthClient } from '@/features/session/session-client.ts';
import { type FormState, textFields } from '@/forms/form-state.ts';
import { maySignIn, maySignUp } from './attempts.ts';
import { authProblem } from './auth-problem.ts';
import { confirmAddress } from './confirm-link.ts';
import { signInSchema, signUpSchema } from './credentials.ts';
import { refuse, refuseFields, TOO_MANY } from './refusal.ts';
import { safeNext } from './safe-next.ts';

export async function signIn(_: FormState, data: FormData): Promise<FormState> {
  const fields = textFields(data);
  const parsed = signInSchema.safeParse(fields);
  if (!parsed.success) return refuseFields(fields, parsed.error);

  if (!(await maySignIn(parsed.data.email))) return refuse(fields, TOO_MANY);
  const client = await createAuthClient();
  const { data: session, error } = await client.auth.signInWithPassword(parsed.data);
  if (error) return refuse(fields, error);
  await adoptProfileLocale(session.user.id, session.session.access_token);
  redirect(safeNext(fields['next']));
}

export async function signUp(_: FormState, data: FormData): Promise<FormState> {
  const fields = textFields(data);
  const parsed = signUpSchema.safeParse(fields);
  if (!parsed.success) return refuseFields(fields, parsed.error);

  if (!(await maySignUp())) return refuse(fields, TOO_MANY);
  const client = await createAuthClient();
  const next = safeNext(fields['next']);
  const { data: created, error } = await client.auth.signUp({
    ...parsed.data,
    options: { data: { locale: await getLocale() }, ...(await confirmAddress('emailRedirectTo', next)) },
  });
  if (error) return refuse(fields, error);
  // Where addresses must be confirmed there is no session yet. (A taken address is answered in the same way, on
  // purpose: a stranger can't find out who has an account.)
  if (created.session === null) return { done: { email: parsed.data.email } };
  redirect(next);
}

export async function signOut(): Promise<void> {
  const client = await createAuthClient();
  // Cookies go even when the auth server can't be told.
  await client.auth.signOut({ scope: 'local' });
  redirect('/');
}

/** Ends every session of the user. An auth server that can't be told has ended none, and the page says so. */
export async function signOutEverywhere(): Promise<FormState> {
  const client = await createAuthClient();
  const { error } = await client.auth.signOut({ scope: 'global' });
  if (error) return { formError: (await getTranslations('auth'))(authProblem(error).message) };
  redirect('/sign-in');
}
