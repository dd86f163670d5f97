import { GENERATE_TEXTS } from '@megacampus/domain/api';
import type { ErrorCode } from '@megacampus/domain/errors';

/** An expected "no" to a request. Becomes the error body of contract §4 in `route`, and only there. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly code: ErrorCode;
  /** Shown to the client. */
  readonly error: string;
  readonly details?: unknown;
  /** Seconds after which another try is sensible. */
  readonly retryAfterS?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export function refuse(
  code: ErrorCode,
  error: string = PUBLIC_TEXT[code],
  extra: Pick<Refusal, 'details' | 'retryAfterS' | 'headers'> = {},
): Refusal {
  return { kind: 'refusal', code, error, ...extra };
}

/** What a client is told where nothing more exact is said. Carries no internals. */
export const PUBLIC_TEXT = {
  invalid_request: GENERATE_TEXTS.invalidBody,
  unauthorized: GENERATE_TEXTS.unauthorized,
  forbidden: GENERATE_TEXTS.forbidden,
  cross_origin: 'Forbidden: Cross-origin requests must use a bearer token',
  not_found: 'Not found',
  method_not_allowed: 'Method not allowed',
  conflict: 'Conflict',
  payload_too_large: 'Request body too large',
  unsupported_media_type: 'Content-Type must be application/json',
  limit_reached: 'Too many requests',
  internal: 'Internal server error',
  unavailable: 'Service temporarily unavailable. Please try again shortly.',
} as const satisfies Record<ErrorCode, string>;
