import { z } from 'zod';

/** Shortest password at sign-up, in characters. Supabase's own floor is 6. */
export const PASSWORD_MIN = 8;

/** bcrypt looks at no more bytes than this. */
const PASSWORD_MAX_BYTES = 72;

const email = z.string().trim().toLowerCase().min(1).pipe(z.email());

/** A password as it may be chosen; one that is only asked for may be any. */
const newPassword = z
  .string()
  .min(PASSWORD_MIN)
  .check(({ value, issues }) => {
    const maximum = fittingCharacters(value);
    if (value.length > maximum) issues.push({ code: 'too_big', origin: 'string', maximum, input: value });
  });

export const signInSchema = z.object({ email, password: z.string().min(1) });
export const signUpSchema = z.object({ email, password: newPassword });
export const forgotPasswordSchema = z.object({ email });
export const resetPasswordSchema = z.object({ password: newPassword });
export const changePasswordSchema = z.object({ current: z.string().min(1), password: newPassword });

/** How much of a text bcrypt looks at, in characters: Cyrillic ones have two bytes. */
function fittingCharacters(text: string): number {
  return new TextEncoder().encodeInto(text, new Uint8Array(PASSWORD_MAX_BYTES)).read;
}
