/** Methods that change nothing, which a foreign page may cause but not read the answer of. */
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request that carries our cookie was made by our own pages. A browser sets Sec-Fetch-Site and Origin
 * itself and no page can forge them; a request with neither is no page of ours. Both must agree where both are
 * there. A foreign page cannot set Host or X-Forwarded-Host without a preflight, which we never allow.
 */
export function isSameOrigin(request: Request): boolean {
  if (SAFE_METHODS.has(request.method)) return true;
  const site = request.headers.get('sec-fetch-site');
  const origin = request.headers.get('origin');
  if (site !== null && site !== 'same-origin') return false;
  if (origin === null) return site === 'same-origin';
  const host = request.headers.get('x-forwarded-host')?.split(',')[0]?.trim() ?? request.headers.get('host');
  return URL.canParse(origin) && new URL(origin).host === host;
}
