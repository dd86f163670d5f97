import type { AuthError } from '@supabase/supabase-js';

/** What went wrong, as a name in the messages, and the field it belongs to (none: the form as a whole). */
export interface AuthProblem {
  readonly message:
    | 'wrongCredentials'
    | 'emailNotConfirmed'
    | 'emailTaken'
    | 'weakPassword'
    | 'samePassword'
    | 'tooManyAttempts'
    | 'unavailable';
  readonly field: 'email' | 'password' | null;
}

/** Reads an answer of the auth server. An outage is never told as a wrong password. */
export function authProblem(error: Pick<AuthError, 'code' | 'status'>): AuthProblem {
  switch (error.code) {
    case 'invalid_credentials':
      return { message: 'wrongCredentials', field: 'password' };
    case 'email_not_confirmed':
      return { message: 'emailNotConfirmed', field: 'email' };
    case 'user_already_exists':
    case 'email_exists':
      return { message: 'emailTaken', field: 'email' };
    case 'weak_password':
      return { message: 'weakPassword', field: 'password' };
    case 'same_password':
      return { message: 'samePassword', field: 'password' };
    case 'over_request_rate_limit':
    case 'over_email_send_rate_limit':
      return { message: 'tooManyAttempts', field: null };
    default:
      if (error.status === 429) return { message: 'tooManyAttempts', field: null };
      if (error.status === 400 || error.status === 401) return { message: 'wrongCredentials', field: 'password' };
      return { message: 'unavailable', field: null };
  }
}
