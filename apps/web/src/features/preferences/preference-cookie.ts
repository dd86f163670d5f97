/** Attributes of the cookies that keep what a visitor likes: a year, this site only, nothing secret. */
export const PREFERENCE_COOKIE = { path: '/', maxAge: 365 * 24 * 60 * 60, sameSite: 'lax', httpOnly: true } as const;
