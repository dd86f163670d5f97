/** What a form's server action answers: texts in the user's language, ready to show. Empty before the first try. */
export interface FormState {
  readonly formError?: string;
  readonly fieldErrors?: Readonly<Record<string, string>>;
  /** What was typed, so that a page that was submitted before its scripts had loaded shows it again. */
  readonly values?: Readonly<Record<string, string>>;
  /** The form has done its work, and there is something to say instead of it. */
  readonly done?: Readonly<Record<string, string>>;
}

export type FormAction = (state: FormState, data: FormData) => Promise<FormState>;

/** The text fields of a submitted form, without files and without what React adds. */
export function textFields(data: FormData): Record<string, string> {
  const fields = [...data.entries()].filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && !entry[0].startsWith('$ACTION'),
  );
  return Object.fromEntries(fields);
}
