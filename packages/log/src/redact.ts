export const REDACTED = '[redacted]';

/**
 * Names whose values never reach a log line, compared without case, dashes and underscores and by their end,
 * so that `X-Api-Key`, `SUPABASE_SERVICE_ROLE_KEY` and `accessToken` are all caught. Counts such as
 * `promptTokens` are not.
 */
const SECRET_NAME =
  /(authorization|cookie|password|passwd|passphrase|secret|apikey|accesskey|servicekey|servicerolekey|secretkey|privatekey|token|jwt|credentials?|signature)$/;

/** Bounds of what one log line walks through; deeper or longer data is cut, never an endless loop. */
const MAX_DEPTH = 8;
const MAX_ITEMS = 200;

export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name.replace(/[-_\s]/g, '').toLowerCase());
}

/**
 * Secrets that stand inside other text (an error message, a URL): JSON web tokens, bearer headers, Supabase
 * secret keys, passwords in URLs. None of the patterns can match a quote or a backslash, so that replacing
 * them leaves a line of JSON valid.
 */
export function redactText(text: string): string {
  return text
    .replace(/\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/g, REDACTED)
    .replace(/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${REDACTED}`)
    .replace(/\bsb_secret_[\w-]+/g, REDACTED)
    .replace(/(\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/"\\]*):[^\s@/"\\]+@/gi, `$1:${REDACTED}@`);
}

/** A copy of `value` that is safe to log: secrets replaced at any depth, errors as plain data, cycles cut. */
export function toLoggable(value: unknown): unknown {
  return walk(value, 0, new Set());
}

function walk(value: unknown, depth: number, parents: Set<object>): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date || ArrayBuffer.isView(value)) return ArrayBuffer.isView(value) ? '[binary]' : value;
  if (parents.has(value)) return '[circular]';
  if (depth >= MAX_DEPTH) return '[deep]';
  parents.add(value);
  const copy = copyOf(value, (inner) => walk(inner, depth + 1, parents));
  parents.delete(value);
  return copy;
}

function copyOf(value: object, inner: (value: unknown) => unknown): unknown {
  if (value instanceof Error) return errorFields(value, inner);
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map(inner);
  if (value instanceof Set) return [...value].slice(0, MAX_ITEMS).map(inner);
  const isEntries = value instanceof Map || (typeof Headers !== 'undefined' && value instanceof Headers);
  return redactEntries(isEntries ? [...value.entries()] : Object.entries(value), inner);
}

function redactEntries(entries: [unknown, unknown][], inner: (value: unknown) => unknown): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const [key, value] of entries.slice(0, MAX_ITEMS)) {
    const name = String(key);
    copy[name] = isSecretName(name) && value !== null && value !== undefined ? REDACTED : inner(value);
  }
  return copy;
}

/** An error with all that helps to find its cause: own fields (code, context, retry …), `cause` and `errors`. */
function errorFields(error: Error, inner: (value: unknown) => unknown): Record<string, unknown> {
  const own = redactEntries(Object.entries(error), inner);
  const fields: Record<string, unknown> = { ...own, type: error.name, message: error.message, stack: error.stack };
  if (error.cause !== undefined) fields['cause'] = inner(error.cause);
  if (error instanceof AggregateError) fields['errors'] = inner(error.errors);
  delete fields['name'];
  return fields;
}
