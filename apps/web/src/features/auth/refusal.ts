import { getTranslations } from 'next-intl/server';
import type { z } from 'zod';
import type { FormState } from '@/forms/form-state.ts';
import { fieldMessages } from '@/forms/issue-message.ts';
import { authProblem } from './auth-problem.ts';

/** As the auth server itself would say it. */
export const TOO_MANY = { code: 'over_request_rate_limit', status: 429 };

/** A form that breaks the rules of its schema. */
export async function refuseFields(fields: Record<string, string>, error: z.ZodError): Promise<FormState> {
  return refused(fields, fieldMessages(await getTranslations('validation'), error));
}

/** What the auth server said no to, told beside the field it is about, or above the form. */
export async function refuse(
  fields: Record<string, string>,
  error: Parameters<typeof authProblem>[0],
): Promise<FormState> {
  const { message, field } = authProblem(error);
  const text = (await getTranslations('auth'))(message);
  return field === null ? { formError: text, values: shown(fields) } : refused(fields, { [field]: text });
}

export function refused(fields: Record<string, string>, fieldErrors: Record<string, string>): FormState {
  return { fieldErrors, values: shown(fields) };
}

/** What may be sent back to the page: everything but passwords. */
function shown({ email = '' }: Record<string, string>): Record<string, string> {
  return { email };
}
