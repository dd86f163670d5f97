'use client';

import { useTranslations } from 'next-intl';
import { FormError } from '@/forms/form-error.tsx';
import { useActionForm } from '@/forms/use-action-form.ts';
import { Button } from '@/ui/button.tsx';
import { Field } from '@/ui/field.tsx';
import { Input } from '@/ui/input.tsx';
import { saveProfile } from './actions.ts';
import { profileFormSchema } from './profile-schema.ts';

export function ProfileForm({ name }: { readonly name: string }) {
  const t = useTranslations('account');
  const form = useActionForm(profileFormSchema, saveProfile);
  return (
    <form {...form.formProps} className="space-y-4">
      <FormError message={form.state.formError} />
      <Field label={t('name')} hint={t('nameHint')} error={form.errorOf('name')}>
        {(control) => <Input {...control} {...form.control('name', name)} autoComplete="name" />}
      </Field>
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" variant="secondary" pending={form.pending} className="max-sm:w-full">
          {t('saveName')}
        </Button>
        <p role="status" className="text-sm text-success">
          {form.state.done ? t('nameSaved') : null}
        </p>
      </div>
    </form>
  );
}
