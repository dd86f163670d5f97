'use client';

import { useTranslations } from 'next-intl';
import { changePasswordSchema, PASSWORD_MIN, resetPasswordSchema } from '@/features/auth/credentials.ts';
import { PasswordInput } from '@/features/auth/password-input.tsx';
import { FormError } from '@/forms/form-error.tsx';
import { useActionForm } from '@/forms/use-action-form.ts';
import { Button } from '@/ui/button.tsx';
import { Field } from '@/ui/field.tsx';
import { changePassword, resetPassword } from './actions.ts';

interface NewPasswordFormProps {
  /** For the browser's password store: whose password it is. */
  readonly email: string;
}

/** After following a link: the new password is all that is asked. */
export function ResetPasswordForm({ email }: NewPasswordFormProps) {
  const form = useActionForm(resetPasswordSchema, resetPassword);
  const { errorOf, control } = form;
  return (
    <PasswordForm form={form} email={email} buttonClassName="w-full">
      <NewPassword error={errorOf('password')} control={control('password')} />
    </PasswordForm>
  );
}

/** On the account page: the old password first. */
export function ChangePasswordForm({ email }: NewPasswordFormProps) {
  const t = useTranslations('auth');
  const form = useActionForm(changePasswordSchema, changePassword);
  const { errorOf, control } = form;
  return (
    <PasswordForm form={form} email={email}>
      <Field label={t('currentPassword')} error={errorOf('current')}>
        {(field) => <PasswordInput {...field} {...control('current')} autoComplete="current-password" />}
      </Field>
      <NewPassword error={errorOf('password')} control={control('password')} />
    </PasswordForm>
  );
}

type ActionForm = Pick<ReturnType<typeof useActionForm>, 'formProps' | 'pending' | 'state'>;

interface PasswordFormProps extends NewPasswordFormProps {
  readonly form: ActionForm;
  readonly buttonClassName?: string;
  readonly children: React.ReactNode;
}

function PasswordForm({ form, email, buttonClassName = 'max-sm:w-full', children }: PasswordFormProps) {
  const t = useTranslations('auth');
  return (
    <form {...form.formProps} className="space-y-5">
      <FormError message={form.state.formError} />
      <input type="text" name="email" value={email} autoComplete="username" readOnly hidden />
      {children}
      <Button type="submit" pending={form.pending} className={buttonClassName}>
        {t('savePassword')}
      </Button>
    </form>
  );
}

interface NewPasswordProps {
  readonly error: string | undefined;
  readonly control: React.ComponentProps<'input'>;
}

function NewPassword({ error, control }: NewPasswordProps) {
  const t = useTranslations('auth');
  return (
    <Field label={t('newPassword')} hint={t('passwordHint', { min: PASSWORD_MIN })} error={error}>
      {(field) => <PasswordInput {...field} {...control} autoComplete="new-password" />}
    </Field>
  );
}
