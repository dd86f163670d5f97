import type { useStack } from '@megacampus/test-kit/servers';

type StackAddresses = ReturnType<typeof useStack>;

/** Who asks: the headers of a request. */
export type Caller = Readonly<Record<string, string>>;

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: an answer of any shape, for assertions
  readonly body: any;
}

/** Callers of the API, from the outside in. */
export function callers(stack: StackAddresses) {
  const anon: Caller = { apikey: stack.publishableKey };
  return {
    keyless: {} as Caller,
    anon,
    user: (accessToken: string): Caller => ({ ...anon, Authorization: `Bearer ${accessToken}` }),
    service: { apikey: stack.serviceKey } as Caller,
  };
}

/** One raw request to the REST API, as an attacker can make it: no client library in between. */
export async function rest(
  stack: StackAddresses,
  caller: Caller,
  method: string,
  path: string,
  body?: unknown,
  prefer = 'return=representation',
): Promise<Answer> {
  const answer = await fetch(`${stack.supabaseUrl}/rest/v1/${path}`, {
    method,
    headers: { ...caller, 'content-type': 'application/json', prefer },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(10_000),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
}
