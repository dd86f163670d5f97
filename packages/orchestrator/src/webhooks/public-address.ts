import ipaddr from 'ipaddr.js';

/**
 * Whether an IP address may be called from the server: unicast and routable on the public internet. Private,
 * loopback, link-local, carrier NAT, multicast, reserved and unspecified ranges are not; an IPv4 address inside
 * an IPv6 one (mapped, 6to4, NAT64, Teredo) is judged by the IPv4 one or refused.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return parsed.range() === 'unicast';
}

export type UrlCheck = { ok: true; url: URL } | { ok: false; reason: string };

export interface UrlPolicy {
  /** WEBHOOK_ALLOW_PRIVATE: also plain http and any address, for a local stack. */
  readonly allowPrivate: boolean;
}

/**
 * Judges a webhook address by its text. The URL parser has already turned odd notations of IPv4 (hexadecimal,
 * octal, one number) into dotted form, so a literal is seen for what it is. Names are judged again after DNS,
 * when the webhook is called.
 */
export function checkWebhookUrl(text: string, policy: UrlPolicy): UrlCheck {
  if (!URL.canParse(text)) return { ok: false, reason: 'not a URL' };
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return { ok: false, reason: 'credentials in the address' };
  if (url.protocol !== 'https:' && !(policy.allowPrivate && url.protocol === 'http:')) {
    return { ok: false, reason: 'only https is allowed' };
  }
  if (policy.allowPrivate) return { ok: true, url };
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.+$/, '');
  if (ipaddr.isValid(host)) {
    return isPublicAddress(host) ? { ok: true, url } : { ok: false, reason: 'not a public address' };
  }
  if (!host.includes('.') || isLocalName(host)) return { ok: false, reason: 'not a public host name' };
  return { ok: true, url };
}

/** Names that never belong to the public DNS (RFC 6761, RFC 6762, RFC 8375, RFC 9476). */
const LOCAL_SUFFIXES = [
  'localhost',
  'local',
  'internal',
  'home.arpa',
  'alt',
  'test',
  'invalid',
  'onion',
  'localdomain',
];

function isLocalName(host: string): boolean {
  const name = host.toLowerCase();
  return LOCAL_SUFFIXES.some((suffix) => name === suffix || name.endsWith(`.${suffix}`));
}
