'use client';

import { useTranslations } from 'next-intl';
import { FormError } from '@/forms/form-error.tsx';
import { useActionForm } from '@/forms/use-action-form.ts';
import { Alert } from '@/ui/alert.tsx';
import { Button } from '@/ui/button.tsx';
import { Field } from '@/ui/field.tsx';
import { Input } from '@/ui/input.tsx';
import { signIn, signUp } from './actions.ts';
import { PASSWORD_MIN, signInSchema, signUpSchema } from './credentials.ts';
import { PasswordInput } from './password-input.tsx';

interface CredentialsFormProps {
  readonly mode: 'signIn' | 'signUp';
  /** Where to go afterwards; the action checks it. */
  readonly next: string;
}

export function CredentialsForm({ mode, next }: CredentialsFormProps) {
  const t = useTranslations('auth');
  const tCommon = useTranslations('common');
  const isNew = mode === 'signUp';
  const form = useActionForm(isNew ? signUpSchema : signInSchema, isNew ? signUp : signIn);
  const sentTo = form.state.done?.['email'];

  if (sentTo !== undefined) {
    return (
      <Alert tone="success" title={t('checkMailTitle')} announce>
        {t('checkMailText', { email: sentTo })}
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
      <Field
        label={t('password')}
        hint={isNew ? t('passwordHint', { min: PASSWORD_MIN }) : undefined}
        error={form.errorOf('password')}
      >
        {(control) => (
          <PasswordInput
            {...control}
            {...form.control('password')}
            autoComplete={isNew ? 'new-password' : 'current-password'}
          />
        )}
      </Field>
      <input type="hidden" name="next" value={next} />
      <Button type="submit" pending={form.pending} className="w-full">
        {tCommon(isNew ? 'signUp' : 'signIn')}
      </Button>
    </form>
  );
}
