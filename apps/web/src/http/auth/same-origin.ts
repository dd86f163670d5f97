/** Methods that change nothing. */
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request that carries our cookie was made by our own pages, or by nobody's, such as a typed address. A browser
 * sets Sec-Fetch-Site and Origin itself and no page can forge them; a change with neither is no page of ours. Both must
 * agree where both are there. A foreign page cannot set Host or X-Forwarded-Host without a preflight, which we never allow.
 * It could not read an answer either, but time it, or hold a user's event streams open.
 */
export function isSameOrigin(request: Pick<Request, 'method' | 'headers'>): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (SAFE_METHODS.has(request.method)) return site === null || site === 'same-origin' || site === 'none';
  const origin = request.headers.get('origin');
  if (site !== null && site !== 'same-origin') return false;
  if (origin === null) return site === 'same-origin';
  const host = request.headers.get('x-forwarded-host')?.split(',')[0]?.trim() ?? request.headers.get('host');
  return URL.canParse(origin) && new URL(origin).host === host;
}
