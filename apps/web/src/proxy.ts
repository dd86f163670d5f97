import { type NextRequest, NextResponse } from 'next/server';
import { type Env, readEnv } from './env.ts';
import { isSameOrigin } from './http/auth/same-origin.ts';
import { readSession } from './http/auth/session-client.ts';
import { contentSecurityPolicy } from './http/content-security-policy.ts';
import { REQUEST_ID_HEADER, requestIdOf } from './http/request-id.ts';

/**
 * Before every page: the request id, the session cookies renewed where they have expired (a page cannot set cookies
 * while it renders), and the policy of what a page may load. Forms and actions are taken from our own pages only; nothing
 * else is decided here about access: pages verify the session themselves.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const requestId = requestIdOf(request.headers);
  request.headers.set(REQUEST_ID_HEADER, requestId);
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  const response = isReading || isSameOrigin(request) ? await page(request) : new NextResponse(null, { status: 403 });
  response.headers.set(REQUEST_ID_HEADER, requestId);
  return response;
}

export const config = {
  // Not the API: its routes do all this themselves, and a proxy makes Next take in the whole body before them.
  matcher: ['/((?!api/|api$|_next/static/|icon.svg$).*)'],
};

/** The proxy is a bundle of its own and must not pull in the rest of the app, so it reads the configuration itself. */
let env: Env | undefined;

async function page(request: NextRequest): Promise<NextResponse> {
  env ??= readEnv();
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy({
    nonce,
    supabaseUrl: env.NEXT_PUBLIC_SUPABASE_URL,
    isDevelopment: env.NODE_ENV === 'development',
  });
  // Next reads the nonce for its own scripts from the request's policy.
  request.headers.set('content-security-policy', policy);
  request.headers.set('x-nonce', nonce);
  const response = await withFreshSession(request, env);
  response.headers.set('content-security-policy', policy);
  return response;
}

/** In an outage of the auth server the request goes on as it came; the page says what is the matter. */
async function withFreshSession(request: NextRequest, env: Env): Promise<NextResponse> {
  let response = passOn(request);
  try {
    await readSession({
      supabaseUrl: env.SUPABASE_URL,
      publishableKey: env.publishableKey,
      headers: request.headers,
      cookies: {
        getAll: () => request.cookies.getAll(),
        setAll: (cookies, headers) => {
          for (const { name, value } of cookies) request.cookies.set(name, value);
          response = passOn(request);
          for (const { name, value, options } of cookies) response.cookies.set(name, value, options);
          for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
        },
      },
    });
  } catch {
    return response;
  }
  return response;
}

function passOn(request: NextRequest): NextResponse {
  return NextResponse.next({ request: { headers: request.headers } });
}
