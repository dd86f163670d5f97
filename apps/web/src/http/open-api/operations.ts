import type { ErrorCode } from '@megacampus/domain/errors';
import { HTTP_STATUS } from '@megacampus/domain/errors';
import { ref, type SchemaName } from './schemas.ts';

const REQUEST_ID = { 'x-request-id': { $ref: '#/components/headers/RequestId' } };
const RETRY_AFTER = { 'retry-after': { $ref: '#/components/headers/RetryAfter' } };

/** A successful answer with a JSON body. */
export function answer(description: string, schema: SchemaName, status = 200) {
  return { [status]: { description, headers: REQUEST_ID, content: { 'application/json': { schema: ref(schema) } } } };
}

const DESCRIPTIONS = {
  invalid_request: 'Bad JSON, a bad or unknown field, or an unsafe webhook address.',
  unauthorized: 'No valid access token and no session.',
  forbidden: "Someone else's course; or, with a cookie, a request of another origin.",
  cross_origin: 'A request of another origin that carries a cookie.',
  not_found: 'No such course, or no such lesson of it.',
  method_not_allowed: 'Another method than those described.',
  conflict: 'The generation has ended, was never started, or another one is in flight.',
  payload_too_large: 'A body over 16 KB.',
  unsupported_media_type: 'A body that is not JSON.',
  limit_reached: "The user's own limit or the limit of the whole system is reached.",
  internal: 'The work failed and was undone.',
  unavailable: 'Redis, the database or the auth server is down.',
} as const satisfies Record<ErrorCode, string>;

/** The answers for these outcomes, statuses from the one table. */
export function refusals(...codes: ErrorCode[]): Record<string, unknown> {
  return Object.fromEntries(
    codes.map((code) => {
      const canRetry = code === 'limit_reached' || code === 'unavailable';
      const schema = ref(code === 'limit_reached' ? 'LimitErrorBody' : 'ErrorBody');
      const headers = { ...REQUEST_ID, ...(canRetry ? RETRY_AFTER : {}) };
      const content = { 'application/json': { schema } };
      return [HTTP_STATUS[code], { description: DESCRIPTIONS[code], headers, content }];
    }),
  );
}
