/** Stands for our own address, which is not known here; nothing real has it. */
const OWN = 'http://own.invalid';

/**
 * Where to go after signing in: a path of our own, or `/courses`. Anything that a browser could read as another
 * site (`//evil`, `/\evil`, `https:`, control characters) is not taken.
 */
export function safeNext(next: unknown): string {
  if (typeof next !== 'string' || !/^\/(?![/\\])[\x20-\x7e]*$/.test(next) || next.includes('\\')) return '/courses';
  const url = URL.canParse(next, OWN) ? new URL(next, OWN) : null;
  return url?.origin === OWN && !url.pathname.startsWith('//') ? `${url.pathname}${url.search}` : '/courses';
}
