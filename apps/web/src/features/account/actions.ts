'use server';

import { getTranslations } from 'next-intl/server';
import { requireUser } from '@/features/session/session-user.ts';
import { type FormState, textFields } from '@/forms/form-state.ts';
import { fieldMessages } from '@/forms/issue-message.ts';
import { requestLog } from '@/http/request-log.ts';
import { profileFormSchema } from './profile-schema.ts';

/** Stores what the user wants to be called; nothing is a name as well. */
export async function saveProfile(_: FormState, data: FormData): Promise<FormState> {
  const user = await requireUser('/account');
  const values = textFields(data);
  const parsed = profileFormSchema.safeParse(values);
  if (!parsed.success) {
    return { values, fieldErrors: fieldMessages(await getTranslations('validation'), parsed.error) };
  }
  const name = parsed.data.name;
  const { error } = await user.db
    .from('user_profiles')
    .update({ display_name: name === '' ? null : name })
    .eq('id', user.id);
  if (error) {
    (await requestLog()).error({ err: error, userId: user.id }, 'the name was not stored');
    return { values, formError: (await getTranslations('common'))('serverProblem') };
  }
  return { values: { name }, done: { name } };
}
