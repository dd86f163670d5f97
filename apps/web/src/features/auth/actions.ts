'use server';

import { redirect } from 'next/navigation';
import { getLocale, getTranslations } from 'next-intl/server';
import { adoptProfileLocale } from '@/features/preferences/profile-locale.ts';
import { createAuthClient } from '@/features/session/session-client.ts';
import { type FormState, textFields } from '@/forms/form-state.ts';
import { fieldMessages } from '@/forms/issue-message.ts';
import { maySignIn, maySignUp } from './attempts.ts';
import { authProblem } from './auth-problem.ts';
import { signInSchema, signUpSchema } from './credentials.ts';
import { safeNext } from './safe-next.ts';

export async function signIn(_: FormState, data: FormData): Promise<FormState> {
  const fields = textFields(data);
  const parsed = signInSchema.safeParse(fields);
  if (!parsed.success) return refused(fields, fieldMessages(await getTranslations('validation'), parsed.error));

  if (!(await maySignIn(parsed.data.email))) return problem(fields, TOO_MANY);
  const client = await createAuthClient();
  const { data: session, error } = await client.auth.signInWithPassword(parsed.data);
  if (error) return problem(fields, error);
  await adoptProfileLocale(session.user.id, session.session.access_token);
  redirect(safeNext(fields['next']));
}

export async function signUp(_: FormState, data: FormData): Promise<FormState> {
  const fields = textFields(data);
  const parsed = signUpSchema.safeParse(fields);
  if (!parsed.success) return refused(fields, fieldMessages(await getTranslations('validation'), parsed.error));

  if (!(await maySignUp())) return problem(fields, TOO_MANY);
  const client = await createAuthClient();
  const { data: created, error } = await client.auth.signUp({
    ...parsed.data,
    options: { data: { locale: await getLocale() } },
  });
  if (error) return problem(fields, error);
  // Where addresses must be confirmed there is no session yet. (A taken address is answered in the same way, on
  // purpose: a stranger can't find out who has an account.)
  if (created.session === null) return { done: { email: parsed.data.email } };
  redirect(safeNext(fields['next']));
}

export async function signOut(): Promise<void> {
  const client = await createAuthClient();
  // Cookies go even when the auth server can't be told.
  await client.auth.signOut({ scope: 'local' });
  redirect('/');
}

/** As the auth server itself would say it. */
const TOO_MANY = { code: 'over_request_rate_limit', status: 429 };

async function problem(fields: Record<string, string>, error: Parameters<typeof authProblem>[0]): Promise<FormState> {
  const { message, field } = authProblem(error);
  const text = (await getTranslations('auth'))(message);
  return field === null ? { formError: text, values: shown(fields) } : refused(fields, { [field]: text });
}

function refused(fields: Record<string, string>, fieldErrors: Record<string, string>): FormState {
  return { fieldErrors, values: shown(fields) };
}

/** What may be sent back to the page: everything but the password. */
function shown({ email = '' }: Record<string, string>): Record<string, string> {
  return { email };
}
