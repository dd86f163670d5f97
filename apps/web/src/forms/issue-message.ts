import type { useTranslations } from 'next-intl';
import type { z } from 'zod';

type Translate = ReturnType<typeof useTranslations<'validation'>>;
type Issue = z.core.$ZodRawIssue | z.core.$ZodIssue;

/** What a broken rule of a zod schema is called in the user's language. */
export function issueMessage(t: Translate, issue: Issue): string {
  switch (issue.code) {
    case 'too_small':
      if (issue.origin !== 'string') return t('tooSmall', { min: Number(issue.minimum) });
      return issue.input === '' || Number(issue.minimum) <= 1
        ? t('required')
        : t('tooShort', { min: Number(issue.minimum) });
    case 'too_big':
      if (issue.origin === 'string') return t('tooLong', { max: Number(issue.maximum) });
      return t(issue.origin === 'array' ? 'tooMany' : 'tooBig', { max: Number(issue.maximum) });
    case 'invalid_format':
      return t(issue.format === 'email' ? 'email' : 'invalid');
    case 'invalid_value':
      return t('option');
    case 'invalid_type':
      return t(issue.expected === 'number' || issue.expected === 'int' ? 'number' : 'required');
    default:
      return t('invalid');
  }
}

/** The first message for each field, for the answer of a server action. */
export function fieldMessages(t: Translate, error: z.ZodError): Record<string, string> {
  const messages: Record<string, string> = {};
  for (const issue of error.issues) {
    const field = String(issue.path[0] ?? '');
    messages[field] ??= issueMessage(t, issue);
  }
  return messages;
}
