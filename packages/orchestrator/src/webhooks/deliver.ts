import { createHmac } from 'node:crypto';
import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import type { Agent } from 'undici';
import { type AddressRules, checkUrl, rulesOf, type UrlPolicy } from './public-address.ts';

export interface WebhookCall {
  readonly url: string;
  /** The body exactly as it is sent; the signature is over these bytes. */
  readonly body: string;
  readonly secret: string;
  readonly timeoutMs: number;
}

export type DeliveryOutcome =
  | { kind: 'delivered'; statusCode: number }
  /** Worth another try: the receiver did not answer, or answered 408, 425, 429 or 5xx. */
  | { kind: 'failed'; reason: string }
  /** Not worth another try: the address may not be called, or the receiver refuses. */
  | { kind: 'refused'; reason: string };

/** What a delivery knows of the world; a test can tell it something else. */
export interface Network {
  readonly rules: AddressRules;
  readonly lookup: (
    hostname: string,
    options: LookupAllOptions,
    callback: (err: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
  ) => void;
}

const MAX_REDIRECTS = 3;

/** Statuses after which a later try can succeed, besides all of 5xx. */
const RETRYABLE = new Set([408, 425, 429]);

/** Hex HMAC-SHA256 of the raw body: the value of `x-webhook-signature`. */
export function signWebhook(body: string, secret: string): string {
  return createHmac('sha256', secret).update(body, 'utf8').digest('hex');
}

/**
 * POSTs one webhook. Every address that is connected to is checked after DNS, and the connection goes to the
 * very address that was checked, so a name that resolves differently a moment later gains nothing. Redirects
 * are followed by hand, each target checked in the same way. Never throws.
 */
export async function deliverWebhook(
  call: WebhookCall,
  policy: UrlPolicy,
  network: Network = { rules: rulesOf(policy), lookup },
): Promise<DeliveryOutcome> {
  const signal = AbortSignal.timeout(call.timeoutMs);
  // Read with the first webhook: few ask for one, and every worker would start later for it.
  const undici = await import('undici');
  const agent = new undici.Agent({
    connect: { lookup: guardedLookup(network), timeout: call.timeoutMs },
    pipelining: 0,
  });
  try {
    let target = call.url;
    for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
      const checked = checkUrl(target, network.rules);
      if (!checked.ok) return { kind: 'refused', reason: checked.reason };
      const answer = await post(checked.url, call, agent, signal);
      if (answer.location === null) return judge(answer.statusCode);
      target = new URL(answer.location, checked.url).href;
    }
    return { kind: 'refused', reason: 'too many redirects' };
  } catch (err) {
    return describeFailure(err);
  } finally {
    await agent.destroy().catch(() => undefined);
  }
}

async function post(
  url: URL,
  call: WebhookCall,
  dispatcher: Agent,
  signal: AbortSignal,
): Promise<{ statusCode: number; location: string | null }> {
  const undici = await import('undici');
  const answer = await undici.request(url, {
    method: 'POST',
    body: call.body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'MegaCampus-Webhook',
      'x-webhook-signature': signWebhook(call.body, call.secret),
    },
    dispatcher,
    signal,
  });
  // What the receiver says is of no interest, and may be endless.
  answer.body.on('error', () => undefined).destroy();
  const { location } = answer.headers;
  const redirected = answer.statusCode >= 300 && answer.statusCode < 400 && typeof location === 'string';
  return { statusCode: answer.statusCode, location: redirected ? location : null };
}

function judge(statusCode: number): DeliveryOutcome {
  if (statusCode >= 200 && statusCode < 300) return { kind: 'delivered', statusCode };
  const reason = `receiver answered ${statusCode}`;
  return statusCode >= 500 || RETRYABLE.has(statusCode) ? { kind: 'failed', reason } : { kind: 'refused', reason };
}

class ForbiddenAddressError extends Error {}

function describeFailure(err: unknown): DeliveryOutcome {
  for (let cause = err; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ForbiddenAddressError) return { kind: 'refused', reason: cause.message };
  }
  return { kind: 'failed', reason: err instanceof Error ? err.message : 'no answer' };
}

/** DNS for the connection itself: refuses a name if any of its addresses may not be called. */
function guardedLookup({ rules, lookup }: Network): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (err, addresses) => {
      if (err) return callback(err, '', 0);
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => rules.allowsAddress(address))) {
        return callback(new ForbiddenAddressError(`${hostname} is not a public host`), '', 0);
      }
      return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
    });
  };
}
