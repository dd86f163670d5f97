import { headers } from 'next/headers';

/** Where links in mails lead. */
export const CONFIRM_PATH = '/auth/confirm';

/** Where a new password is set. */
export const RESET_PATH = '/reset-password';

/** What a link in a mail proves: our own templates send a hash, Supabase's default ones a code for the same browser. */
export type ConfirmLink =
  | { readonly kind: 'hash'; readonly type: LinkType; readonly hash: string }
  | { readonly kind: 'code'; readonly code: string };

export type LinkType = 'recovery' | 'signup' | 'email';

/** What a mail was for, as far as its link tells. */
export type LinkPurpose = 'reset' | 'signUp' | 'unknown';

/** For the words on the page only: what a link may do, the auth server says. */
export function purposeOf({ type, next }: Readonly<Record<string, unknown>>): LinkPurpose {
  if (type === 'recovery' || next === RESET_PATH) return 'reset';
  return isLinkType(type) || next !== undefined ? 'signUp' : 'unknown';
}

/** Reads the address of a link; null where there is nothing in it that could be tried. */
export function readConfirmLink(parameters: Readonly<Record<string, unknown>>): ConfirmLink | null {
  const { token_hash: hash, type, code } = parameters;
  if (isSecret(hash) && isLinkType(type)) return { kind: 'hash', type, hash };
  return isSecret(code) ? { kind: 'code', code } : null;
}

function isLinkType(value: unknown): value is LinkType {
  return value === 'recovery' || value === 'signup' || value === 'email';
}

/** Longer ones are not Supabase's. */
const isSecret = (value: unknown): value is string => typeof value === 'string' && /^[\w.~-]{1,512}$/.test(value);

/**
 * The address that a mail's link leads back to, as the option of that name; nothing where the browser does not say where
 * it is, then it is the project's site URL. Supabase takes only what its list of redirect URLs allows.
 */
export async function confirmAddress<Name extends string>(
  name: Name,
  next: string,
): Promise<{ readonly [N in Name]?: string }> {
  const origin = (await headers()).get('origin');
  if (origin === null || !URL.canParse(origin)) return {};
  const address = new URL(CONFIRM_PATH, origin);
  address.searchParams.set('next', next);
  return { [name]: address.href } as { readonly [N in Name]?: string };
}
