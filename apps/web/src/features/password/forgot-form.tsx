'use client';

import { useTranslations } from 'next-intl';
import { forgotPasswordSchema } from '@/features/auth/credentials.ts';
import { FormError } from '@/forms/form-error.tsx';
import { useActionForm } from '@/forms/use-action-form.ts';
import { Alert } from '@/ui/alert.tsx';
import { Button } from '@/ui/button.tsx';
import { Field } from '@/ui/field.tsx';
import { Input } from '@/ui/input.tsx';
import { askForLink } from './actions.ts';

export function ForgotForm() {
  const t = useTranslations('auth');
  const form = useActionForm(forgotPasswordSchema, askForLink);
  const sentTo = form.state.done?.['email'];

  if (sentTo !== undefined) {
    return (
      <Alert tone="success" title={t('checkMailTitle')} announce>
        {t('linkSentText', { email: sentTo })}
      </Alert>
    );
  }
  return (
    <form {...form.formProps} className="space-y-5">
      <FormError message={form.state.formError} />
      <Field label={t('email')} error={form.errorOf('email')}>
        {(control) => (
          <Input {...control} {...form.control('email')} type="email" autoComplete="email" autoCapitalize="none" />
        )}
      </Field>
      <Button type="submit" pending={form.pending} className="w-full">
        {t('sendLink')}
      </Button>
    </form>
  );
}
