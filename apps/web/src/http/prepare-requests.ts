import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { ADDRESS_HEADER, addressBehind } from './client-address.ts';
import { isHttps } from './is-https.ts';
import { readableUrl } from './readable-url.ts';

/**
 * On every response, also on those that Next makes without asking us: redirects, files, errors. Pages get a policy of
 * their own from the proxy, which takes this one's place.
 */
const SECURITY_HEADERS = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** A year, for this host only: what stands beside it is not ours to decide. */
const HSTS = 'max-age=31536000';

/** From now on every request that this process is sent says truly where it came from, and every answer is defended. */
export function prepareRequests(hops: number): void {
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    const forwarded = only(request, ADDRESS_HEADER);
    request.headers[ADDRESS_HEADER] = addressBehind(forwarded, request.socket.remoteAddress ?? 'unknown', hops);
    request.url = readableUrl(request.url ?? '/');
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    const isEncrypted = isHttps({ get: (name) => only(request, name) ?? null });
    if (isEncrypted) response.setHeader('strict-transport-security', HSTS);
  });
}

function only(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}
