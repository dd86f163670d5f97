'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useTranslations } from 'next-intl';
import { type SyntheticEvent, startTransition, useActionState, useEffect } from 'react';
import { type FieldError, type FieldValues, type Path, type PathValue, useForm } from 'react-hook-form';
import type { z } from 'zod';
import type { FormAction } from './form-state.ts';
import { issueMessage } from './issue-message.ts';

/**
 * A form with one schema and one server action. The schema is checked here first, with errors beside the fields and
 * the focus on the first; the action's own answer is shown in the same places. Fields are uncontrolled and carry
 * `defaultValue`: what is typed, or even submitted, before the page's scripts have loaded is not lost.
 */
export function useActionForm<Output, Input extends FieldValues>(
  schema: z.ZodType<Output, Input>,
  action: FormAction,
  onInvalid?: (fields: readonly string[]) => void,
) {
  const t = useTranslations('validation');
  const [state, dispatch, pending] = useActionState(action, {});
  const form = useForm<Input, unknown, Output>({
    resolver: zodResolver(schema, { error: (issue) => issueMessage(t, issue as z.core.$ZodRawIssue) }),
  });
  const { setError, setFocus } = form;

  useEffect(() => {
    const fields = Object.entries(state.fieldErrors ?? {});
    for (const [field, message] of fields) setError(field as Path<Input>, { type: 'server', message });
    const first = fields[0]?.[0];
    if (first !== undefined) setFocus(first as Path<Input>);
  }, [state, setError, setFocus]);

  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    const element = event.currentTarget;
    void form.handleSubmit(
      () => startTransition(() => dispatch(new FormData(element))),
      (errors) => onInvalid?.(Object.keys(errors)),
    )(event);
  };

  return {
    /** For a control: its name, its start value and RHF's handlers. */
    control: (name: Path<Input>, start = '') => ({
      ...form.register(name),
      defaultValue: state.values?.[name] ?? start,
    }),
    /** Puts a value into a field, and takes back what was said of it. */
    fill(name: string, value: string) {
      form.setValue(name as Path<Input>, value as PathValue<Input, Path<Input>>);
      form.clearErrors(name as Path<Input>);
    },
    errorOf: (name: Path<Input>) => firstMessage(form.formState.errors[name]) ?? state.fieldErrors?.[name],
    formProps: { action: dispatch, onSubmit: submit, noValidate: true },
    pending,
    state,
  };
}

/** An error's message; of a list of lines, that of the first bad line. */
function firstMessage(error: unknown): string | undefined {
  if (Array.isArray(error)) return error.map(firstMessage).find((message) => message !== undefined);
  return (error as FieldError | undefined)?.message;
}
