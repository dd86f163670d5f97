'use client';

import { useActionState } from 'react';
import { FormError } from '@/forms/form-error.tsx';
import type { FormAction } from '@/forms/form-state.ts';
import { Button } from '@/ui/button.tsx';

interface ConfirmFormProps {
  readonly action: FormAction;
  readonly label: string;
  readonly variant?: 'primary' | 'secondary';
  /** Sent along. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Of the button. */
  readonly className?: string;
}

/** One button that is pressed on purpose, and what went wrong. */
export function ConfirmForm({
  action,
  label,
  variant = 'primary',
  fields = {},
  className = 'max-sm:w-full',
}: ConfirmFormProps) {
  const [state, dispatch, pending] = useActionState(action, {});
  return (
    <form action={dispatch} className="space-y-5">
      <FormError message={state.formError} />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button type="submit" variant={variant} pending={pending} className={className}>
        {label}
      </Button>
    </form>
  );
}
