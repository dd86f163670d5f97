'use server';

import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { grantReset } from '@/features/password/reset-grant.ts';
import { adoptProfileLocale } from '@/features/preferences/profile-locale.ts';
import { createAuthClient } from '@/features/session/session-client.ts';
import { type FormState, textFields } from '@/forms/form-state.ts';
import { isRefusal } from '@/http/auth/session-client.ts';
import { CONFIRM_PATH, type ConfirmLink, purposeOf, RESET_PATH, readConfirmLink } from './confirm-link.ts';
import { safeNext } from './safe-next.ts';

/** Uses a link from a mail up: signs in, and leads on to a new password where that is what the mail was for. */
export async function confirmLink(_: FormState, data: FormData): Promise<FormState> {
  const fields = textFields(data);
  const link = readConfirmLink(fields);
  if (link === null) redirect(CONFIRM_PATH);
  const { data: proven, error, isReset } = await prove(link);
  if (error !== null && !isRefusal(error)) return { formError: (await getTranslations('auth'))('unavailable') };
  if (proven.session === null || proven.user === null) {
    redirect(`${CONFIRM_PATH}?error=used&type=${purposeOf(fields) === 'reset' ? 'recovery' : 'signup'}`);
  }
  await adoptProfileLocale(proven.user.id, proven.session.access_token);
  if (!isReset) redirect(safeNext(fields['next']));
  await grantReset(proven.user.id);
  redirect(RESET_PATH);
}

/** A code says itself what it was asked for: that is kept, with its verifier, in the browser that asked. */
async function prove(link: ConfirmLink) {
  const client = await createAuthClient();
  if (link.kind === 'hash') {
    const answer = await client.auth.verifyOtp({ type: link.type, token_hash: link.hash });
    return { ...answer, isReset: link.type === 'recovery' };
  }
  const { data, error } = await client.auth.exchangeCodeForSession(link.code);
  const isReset = 'redirectType' in data && data.redirectType === 'recovery';
  return { data, error, isReset };
}
