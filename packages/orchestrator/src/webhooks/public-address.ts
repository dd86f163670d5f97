import ipaddr from 'ipaddr.js';

/** All that is assigned of IPv6 (RFC 4291); beside it are addresses with an IPv4 one inside, such as ::127.0.0.1. */
const GLOBAL_UNICAST = ipaddr.IPv6.parse('2000::');
const GLOBAL_UNICAST_BITS = 3;

/**
 * Whether an IP address may be called from the server: unicast and routable on the public internet. Private,
 * loopback, link-local, carrier NAT, multicast, reserved and unspecified ranges are not; an IPv4 address inside
 * an IPv6 one (mapped, 6to4, NAT64, Teredo) is judged by the IPv4 one or refused.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (parsed instanceof ipaddr.IPv6 && !parsed.match(GLOBAL_UNICAST, GLOBAL_UNICAST_BITS)) return false;
  return parsed.range() === 'unicast';
}

export type UrlCheck = { ok: true; url: URL } | { ok: false; reason: string };

export interface UrlPolicy {
  /** WEBHOOK_ALLOW_PRIVATE: also plain http and any address, for a local stack. */
  readonly allowPrivate: boolean;
}

/** What a policy comes to: which addresses and names may be called, and how. */
export interface AddressRules {
  /** As in `URL.protocol`. */
  readonly schemes: readonly string[];
  readonly allowsAddress: (address: string) => boolean;
  readonly allowsName: (name: string) => boolean;
}

export function rulesOf({ allowPrivate }: UrlPolicy): AddressRules {
  if (allowPrivate) return { schemes: ['https:', 'http:'], allowsAddress: () => true, allowsName: () => true };
  return {
    schemes: ['https:'],
    allowsAddress: isPublicAddress,
    allowsName: (name) => name.includes('.') && !isLocalName(name),
  };
}

/** Judges the address of a webhook when a user gives it. Names are judged again after DNS, when it is called. */
export function checkWebhookUrl(text: string, policy: UrlPolicy): UrlCheck {
  return checkUrl(text, rulesOf(policy));
}

/**
 * Judges an address by its text. The URL parser has already turned odd notations of IPv4 (hexadecimal, octal, one number)
 * into dotted form, so a literal is seen for what it is.
 */
export function checkUrl(text: string, rules: AddressRules): UrlCheck {
  if (!URL.canParse(text)) return { ok: false, reason: 'not a URL' };
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return { ok: false, reason: 'credentials in the address' };
  if (!rules.schemes.includes(url.protocol)) return { ok: false, reason: 'only https is allowed' };
  const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.+$/, '');
  if (ipaddr.isValid(host)) {
    return rules.allowsAddress(host) ? { ok: true, url } : { ok: false, reason: 'not a public address' };
  }
  return rules.allowsName(host) ? { ok: true, url } : { ok: false, reason: 'not a public host name' };
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
