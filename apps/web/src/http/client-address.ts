import { isIPv4, isIPv6 } from 'node:net';

/** Carries the address of whoever asks, from the server to routes and pages. Nobody outside can set it. */
export const ADDRESS_HEADER = 'x-forwarded-for';

/**
 * The address of whoever asks: the socket's, or what the outermost of our own proxies saw. Each proxy appends the
 * address it was called from, so of `hops` trusted ones the client's is the one `hops` places before the socket's.
 * Anything further to the left was written by the client.
 */
export function addressBehind(forwarded: string | undefined, socketAddress: string, hops: number): string {
  const chain = [...(forwarded?.split(',') ?? []).map((part) => part.trim()).filter(Boolean), socketAddress];
  return whoHas(chain[Math.max(0, chain.length - 1 - hops)] ?? socketAddress);
}

/**
 * The one who has an address, for counting: of IPv6 the /64, as that is the least that anybody gets, with 2^64 addresses in
 * it. IPv4 within IPv6 is IPv4; a port that a proxy added does not count.
 */
function whoHas(address: string): string {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(address)?.[1] ?? address.replace(/^([\d.]+):\d+$/, '$1');
  const inner = /^::ffff:([\d.]+)$/i.exec(bare)?.[1] ?? bare;
  if (isIPv4(inner) || !isIPv6(inner)) return inner;
  const [head = '', tail] = (inner.split('%')[0] ?? '').split('::');
  const [first, last] = [head.split(':').filter(Boolean), tail?.split(':').filter(Boolean) ?? []];
  const gap = Array.from({ length: tail === undefined ? 0 : 8 - first.length - last.length }, () => '0');
  const network = [...first, ...gap, ...last].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}

/** Who asks, as `prepareRequests` noted it. */
export function clientAddress(headers: Headers): string {
  return headers.get(ADDRESS_HEADER) ?? 'unknown';
}
