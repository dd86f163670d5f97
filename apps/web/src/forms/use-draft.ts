'use client';

import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import { draftStore } from './draft-store.ts';

interface DraftOptions {
  /** Whose draft of which form it is. */
  readonly key: string;
  readonly form: RefObject<HTMLFormElement | null>;
  /** Puts a value into a field. */
  readonly fill: (name: string, value: string) => void;
  /** Whether a page to which the form has led means that it was taken. */
  readonly isDone: (pathname: string) => boolean;
}

/**
 * Keeps what is typed into a form (see `draftStore`) until the form has been sent and taken. `restored` names the fields
 * that were filled from the draft.
 */
export function useDraft({ key, form, fill, isDone }: DraftOptions) {
  const [restored, setRestored] = useState<readonly string[]>([]);
  const isSent = useRef(false);

  const restore = useEffectEvent(() => {
    const draft = draftStore.read(key);
    // What was typed before the scripts had loaded is newer.
    const fields = controlsOf(form.current).filter(({ name }) => draft[name] !== undefined);
    const untouched = fields.filter((control) => isUntouched(control) && takes(control, draft[control.name] ?? ''));
    for (const { name } of untouched) fill(name, draft[name] ?? '');
    setRestored(untouched.map(({ name }) => name));
  });
  const leave = useEffectEvent(() => {
    if (isSent.current && isDone(window.location.pathname)) draftStore.write(key, {});
  });
  useEffect(() => restore(), []);
  // In the same step in which the page is exchanged: a reload right after it must not find the draft again.
  useLayoutEffect(() => () => leave(), []);

  return {
    restored,
    onInput() {
      isSent.current = false;
      const changed = controlsOf(form.current).filter((control) => !isUntouched(control));
      draftStore.write(key, Object.fromEntries(changed.map(({ name, value }) => [name, value])));
    },
    onSubmit() {
      isSent.current = true;
    },
    /** Empties the form. */
    forget() {
      for (const control of controlsOf(form.current)) fill(control.name, startOf(control));
      draftStore.write(key, {});
      setRestored([]);
    },
  };
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function controlsOf(form: HTMLFormElement | null): Control[] {
  return [...(form?.querySelectorAll<Control>('input[name]:not([type=hidden]), textarea[name], select[name]') ?? [])];
}

/** The value with which the page came. */
function startOf(control: Control): string {
  if (!(control instanceof HTMLSelectElement)) return control.defaultValue;
  return ([...control.options].find((option) => option.defaultSelected) ?? control.options[0])?.value ?? '';
}

function isUntouched(control: Control): boolean {
  return control.value === startOf(control);
}

/** A choice that was offered once may not be offered any more. */
function takes(control: Control, value: string): boolean {
  return !(control instanceof HTMLSelectElement) || [...control.options].some((option) => option.value === value);
}
