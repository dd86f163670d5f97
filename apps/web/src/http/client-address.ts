import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/** Carries the address of whoever asks, from the server to routes and pages. Nobody outside can set it. */
const HEADER = 'x-forwarded-for';

/**
 * The address of whoever asks: the socket's, or what the outermost of our own proxies saw. Each proxy appends the
 * address it was called from, so of `hops` trusted ones the client's is the one `hops` places before the socket's.
 * Anything further to the left was written by the client.
 */
export function addressBehind(forwarded: string | undefined, socketAddress: string, hops: number): string {
  const chain = [...(forwarded?.split(',') ?? []).map((part) => part.trim()).filter(Boolean), socketAddress];
  return chain[Math.max(0, chain.length - 1 - hops)] ?? socketAddress;
}

/** From now on every request that this process is sent says truly where it came from. */
export function keepAddressesTrue(hops: number): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    const forwarded = request.headers[HEADER];
    request.headers[HEADER] = addressBehind(
      Array.isArray(forwarded) ? forwarded.join(',') : forwarded,
      request.socket.remoteAddress ?? 'unknown',
      hops,
    );
  });
}

/** Who asks, as `keepAddressesTrue` noted it. */
export function clientAddress(headers: Headers): string {
  return headers.get(HEADER) ?? 'unknown';
}
