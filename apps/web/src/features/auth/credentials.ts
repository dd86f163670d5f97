import { z } from 'zod';

/** Shortest password at sign-up, in characters. Supabase's own floor is 6. */
export const PASSWORD_MIN = 8;

/** bcrypt looks at no more bytes than this. */
const PASSWORD_MAX = 72;

const email = z.string().trim().toLowerCase().min(1).pipe(z.email());

export const signInSchema = z.object({ email, password: z.string().min(1) });
export const signUpSchema = z.object({ email, password: z.string().min(PASSWORD_MIN).max(PASSWORD_MAX) });
