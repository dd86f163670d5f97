import type { z } from 'zod';
import { refusalAnswer } from './answers.ts';

export type ApiAnswer<T> =
  | { readonly kind: 'ok'; readonly data: T }
  | {
      readonly kind: 'refused';
      readonly status: number;
      readonly details: unknown;
      /** Seconds after which another try is sensible, where the server said so. */
      readonly retryAfterS: number | null;
      readonly requestId: string | null;
    }
  /** No answer, or none that we can read. */
  | { readonly kind: 'unreachable' };

interface CallOptions<T> {
  readonly method?: 'GET' | 'POST';
  readonly body?: unknown;
  /** Fetches the answer's schema, see `answers.ts`. */
  readonly answer: () => Promise<z.ZodType<T>>;
  readonly signal?: AbortSignal;
}

/** The answer to one call takes no longer than this; the server promises five seconds for the slowest. */
const TIMEOUT_MS = 10_000;

/** The one way in which pages talk to our own API. Never throws. */
export async function callApi<T>(path: string, options: CallOptions<T>): Promise<ApiAnswer<T>> {
  const deadline = AbortSignal.timeout(TIMEOUT_MS);
  const hasBody = options.body !== undefined;
  try {
    // First: what is sent is sent only when its answer can be read.
    const [schema, errorSchema] = await Promise.all([options.answer(), refusalAnswer()]);
    const response = await fetch(path, {
      method: options.method ?? 'GET',
      cache: 'no-store',
      signal: options.signal ? AbortSignal.any([options.signal, deadline]) : deadline,
      ...(hasBody ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(options.body) } : {}),
    });
    const json: unknown = await response.json().catch(() => null);
    if (response.ok) {
      const parsed = schema.safeParse(json);
      return parsed.success ? { kind: 'ok', data: parsed.data } : { kind: 'unreachable' };
    }
    const error = errorSchema.safeParse(json);
    const retryAfterS = Number.parseInt(response.headers.get('retry-after') ?? '', 10);
    return {
      kind: 'refused',
      status: response.status,
      details: error.data?.details,
      retryAfterS: Number.isNaN(retryAfterS) ? null : retryAfterS,
      requestId: error.data?.requestId ?? response.headers.get('x-request-id'),
    };
  } catch {
    return { kind: 'unreachable' };
  }
}
