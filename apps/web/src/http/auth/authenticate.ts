import { type CookieMethodsServer, parseCookieHeader, serializeCookieHeader } from '@supabase/ssr';
import { type Refusal, refuse } from '../refusal.ts';
import type { Call } from '../route.ts';
import { isSameOrigin } from './same-origin.ts';
import { readSession } from './session-client.ts';
import type { TokenVerifier } from './verify-token.ts';

export interface Caller {
  readonly kind: 'caller';
  readonly userId: string;
}

export interface AuthDeps {
  readonly verifyToken: TokenVerifier;
  readonly supabaseUrl: string;
  readonly publishableKey: string;
}

/**
 * Who makes this request: by its bearer token, else by the web app's cookie, which counts only for requests of
 * our own pages. A bad bearer token never falls back to the cookie. A session that had expired is renewed; its new
 * cookies are put into `responseHeaders`.
 *
 * @throws UnavailableFault when the auth server is needed and out of reach.
 */
export async function authenticate(
  { request, responseHeaders }: Pick<Call, 'request' | 'responseHeaders'>,
  auth: AuthDeps,
): Promise<Caller | Refusal> {
  const bearer = bearerOf(request.headers.get('authorization'));
  if (bearer !== null) {
    const user = await auth.verifyToken(bearer);
    return user === null ? unauthorized() : { kind: 'caller', userId: user.userId };
  }
  if (!request.headers.has('cookie')) return unauthorized();
  const session = await readSession({
    ...auth,
    headers: request.headers,
    cookies: cookiesOf(request.headers, responseHeaders),
  });
  const user = session === null ? null : await auth.verifyToken(session.access_token);
  if (user === null) return unauthorized();
  if (!isSameOrigin(request)) return refuse('cross_origin');
  return { kind: 'caller', userId: user.userId };
}

function cookiesOf(headers: Headers, responseHeaders: Headers): CookieMethodsServer {
  return {
    getAll: () => parseCookieHeader(headers.get('cookie') ?? '').map(({ name, value = '' }) => ({ name, value })),
    setAll: (cookies) => {
      for (const { name, value, options } of cookies) {
        responseHeaders.append('set-cookie', serializeCookieHeader(name, value, options));
      }
    },
  };
}

/** The token of a bearer header, '' for an empty one; null where the header is of another kind or missing. */
function bearerOf(header: string | null): string | null {
  const match = /^bearer(?:\s+(.*))?$/i.exec(header?.trim() ?? '');
  return match === null ? null : (match[1]?.trim() ?? '');
}

function unauthorized(): Refusal {
  return refuse('unauthorized', undefined, { headers: { 'www-authenticate': 'Bearer' } });
}
