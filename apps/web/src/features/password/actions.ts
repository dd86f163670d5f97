'use server';

import { randomUUID } from 'node:crypto';
import { isAuthRetryableFetchError } from '@supabase/supabase-js';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { mayAskForLink, maySignIn } from '@/features/auth/attempts.ts';
import { authProblem } from '@/features/auth/auth-problem.ts';
import { confirmAddress, RESET_PATH } from '@/features/auth/confirm-link.ts';
import { changePasswordSchema, forgotPasswordSchema, resetPasswordSchema } from '@/features/auth/credentials.ts';
import { refuse, refused, refuseFields, TOO_MANY } from '@/features/auth/refusal.ts';
import { createAuthClient } from '@/features/session/session-client.ts';
import { sessionUser } from '@/features/session/session-user.ts';
import { type FormState, textFields } from '@/forms/form-state.ts';
import { requestLog } from '@/http/request-log.ts';
import { endReset, mayReset } from './reset-grant.ts';

type AuthClient = Awaited<ReturnType<typeof createAuthClient>>;

/** No answer comes sooner, in ms: sending a mail takes time, and that must not tell whose address is known. */
const ANSWER_AFTER_MS = 1_500;

/** Mails a link for a new password. Whether the address is known, the answer does not tell. */
export async function askForLink(_: FormState, data: FormData): Promise<FormState> {
  const fields = textFields(data);
  const parsed = forgotPasswordSchema.safeParse(fields);
  if (!parsed.success) return refuseFields(fields, parsed.error);

  if (!(await mayAskForLink(parsed.data.email))) return refuse(fields, TOO_MANY);
  const client = await createAuthClient();
  const options = await confirmAddress('redirectTo', RESET_PATH);
  const [{ error }] = await Promise.all([
    client.auth.resetPasswordForEmail(parsed.data.email, options),
    new Promise((resolve) => setTimeout(resolve, ANSWER_AFTER_MS)),
  ]);
  if (error !== null) {
    if (isAuthRetryableFetchError(error) && (await failsForAnybody(client))) return refuse(fields, error);
    (await requestLog()).warn({ err: error }, 'the link for a new password was not sent');
  }
  return { done: { email: parsed.data.email } };
}

/** An outage is said; a failure that only a known address can have (its mail, its own limit) would give it away. */
async function failsForAnybody(client: AuthClient): Promise<boolean> {
  const { error } = await client.auth.resetPasswordForEmail(`${randomUUID()}@nobody.invalid`);
  return isAuthRetryableFetchError(error);
}

/** The new password of somebody who has come by a link, and is signed in by it. */
export async function resetPassword(_: FormState, data: FormData): Promise<FormState> {
  const fields = textFields(data);
  const user = await sessionUser();
  // The page says that the link can't be used any more.
  if (user === null || !(await mayReset(user.id))) redirect(RESET_PATH);
  const parsed = resetPasswordSchema.safeParse(fields);
  if (!parsed.success) return refuseFields(fields, parsed.error);

  const client = await createAuthClient();
  const { error } = await client.auth.updateUser({ password: parsed.data.password });
  if (error) return refuse(fields, error);
  await endReset();
  await endOtherSessions(client);
  redirect(`/account?password-changed=${Date.now()}`);
}

/** The new password of somebody who is signed in and knows the old one. */
export async function changePassword(_: FormState, data: FormData): Promise<FormState> {
  const fields = textFields(data);
  const user = await sessionUser();
  if (user === null) redirect('/sign-in?next=%2Faccount');
  const parsed = changePasswordSchema.safeParse(fields);
  if (!parsed.success) return refuseFields(fields, parsed.error);

  if (!(await maySignIn(user.email))) return refuse(fields, TOO_MANY);
  const client = await createAuthClient();
  // Also makes the session a fresh one, which a project that wants "secure password change" asks for.
  const checked = await client.auth.signInWithPassword({ email: user.email, password: parsed.data.current });
  if (checked.error) {
    if (authProblem(checked.error).message !== 'wrongCredentials') return refuse(fields, checked.error);
    return refused(fields, { current: (await getTranslations('auth'))('wrongPassword') });
  }
  const { error } = await client.auth.updateUser({ password: parsed.data.password });
  if (error) return refuse(fields, error);
  await endOtherSessions(client);
  redirect(`/account?password-changed=${Date.now()}`);
}

/** Whoever knew the old password is out. Hosted Supabase does it with the change itself. */
async function endOtherSessions(client: AuthClient): Promise<void> {
  const { error } = await client.auth.signOut({ scope: 'others' });
  if (error) (await requestLog()).warn({ err: error }, 'the sessions on other devices were not ended');
}
