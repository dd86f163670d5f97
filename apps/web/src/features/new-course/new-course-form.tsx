'use client';

import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type SyntheticEvent, useRef, useState } from 'react';
import { FormError } from '@/forms/form-error.tsx';
import { useActionForm } from '@/forms/use-action-form.ts';
import { useDraft } from '@/forms/use-draft.ts';
import { Button } from '@/ui/button.tsx';
import { Field } from '@/ui/field.tsx';
import { Input } from '@/ui/input.tsx';
import { createCourse } from './actions.ts';
import { ContentFields, SizeFields, StyleFields } from './brief-fields.tsx';
import { briefFormSchema } from './brief-form.ts';

function useBriefForm(onInvalid: (fields: readonly string[]) => void) {
  return useActionForm(briefFormSchema, createCourse, onInvalid);
}
export type BriefForm = ReturnType<typeof useBriefForm>;

const isFolded = (field: string) => field !== 'title';

/** The brief. Nothing is stored before it is sent; what is typed is kept in the browser, for this user. */
export function NewCourseForm({ userId }: { readonly userId: string }) {
  const t = useTranslations('brief');
  const element = useRef<HTMLFormElement>(null);
  const [isOpen, setOpen] = useState<boolean | null>(null);
  // An error in a folded field must be seen.
  const form = useBriefForm((fields) => fields.some(isFolded) && setOpen(true));
  const draft = useDraft({
    key: `new-course:${userId}`,
    form: element,
    fill: form.fill,
    isDone: (pathname) => pathname !== '/courses/new' && pathname.startsWith('/courses/'),
  });
  const groups = [
    { title: t('whoAndWhat'), fields: <ContentFields form={form} /> },
    { title: t('formGroup'), fields: <StyleFields form={form} /> },
    { title: t('sizeGroup'), fields: <SizeFields form={form} /> },
  ];
  return (
    <form
      {...form.formProps}
      ref={element}
      onInput={draft.onInput}
      onSubmit={(event: SyntheticEvent<HTMLFormElement>) => {
        draft.onSubmit();
        form.formProps.onSubmit(event);
      }}
      className="space-y-6"
    >
      <FormError message={form.state.formError} />
      <Field label={t('title')} hint={t('titleHint')} error={form.errorOf('title')}>
        {(control) => <Input {...control} {...form.control('title')} required autoComplete="off" />}
      </Field>
      <details
        open={isOpen ?? draft.restored.some(isFolded)}
        onToggle={(event) => setOpen(event.currentTarget.open)}
        className="group rounded-xl border bg-card"
      >
        <summary className="flex min-h-14 list-none items-center gap-3 rounded-xl px-5 py-3 [&::-webkit-details-marker]:hidden">
          <ChevronRight className="size-5 transition-transform group-open:rotate-90" aria-hidden />
          <span>
            <span className="font-medium">{t('more')}</span>{' '}
            <span className="text-muted-foreground text-sm">— {t('moreHint')}</span>
          </span>
        </summary>
        <div className="space-y-8 border-t p-5">
          {groups.map(({ title, fields }) => (
            <fieldset key={title} className="space-y-5">
              <legend className="mb-4 font-semibold">{title}</legend>
              {fields}
            </fieldset>
          ))}
        </div>
      </details>
      {draft.restored.length > 0 ? (
        <p role="status" className="flex flex-wrap items-center gap-x-3 gap-y-2 text-muted-foreground text-sm">
          {t('draftRestored')}
          <Button variant="ghost" size="small" onClick={draft.forget}>
            {t('draftForget')}
          </Button>
        </p>
      ) : null}
      <div className="flex flex-wrap items-center gap-4">
        <Button type="submit" size="large" pending={form.pending}>
          {t('submit')}
        </Button>
        <p className="text-muted-foreground text-sm">{t('submitHint')}</p>
      </div>
    </form>
  );
}
