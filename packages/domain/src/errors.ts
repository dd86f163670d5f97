/** Every expected way in which a request can end badly. */
export const ERROR_CODES = [
  'invalid_request',
  'unauthorized',
  'forbidden',
  'cross_origin',
  'not_found',
  'method_not_allowed',
  'conflict',
  'payload_too_large',
  'unsupported_media_type',
  'limit_reached',
  'internal',
  'unavailable',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** The one table from code to HTTP status. */
export const HTTP_STATUS = {
  invalid_request: 400,
  unauthorized: 401,
  forbidden: 403,
  cross_origin: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  limit_reached: 429,
  internal: 500,
  unavailable: 503,
} as const satisfies Record<ErrorCode, number>;

interface FaultOptions {
  /** Whether doing the same again later can succeed. */
  readonly retry: boolean;
  /** Facts for the log; never sent to a client. */
  readonly context?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * What an error of ours is, by name. Next bundles this module separately for pages, routes and start-up, so that one
 * process has several classes `Fault`; `instanceof` must hold between them, so it goes by these marks as well.
 */
const MARKS = Symbol.for('megacampus.fault');

interface FaultClass {
  readonly prototype: object;
  readonly mark?: string;
}

/** As `instanceof` does by itself; or the value was made by another copy of exactly this class or a subclass of it. */
function isInstance(this: FaultClass, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Object.prototype.isPrototypeOf.call(this.prototype, value)) return true;
  const marks: unknown = Reflect.get(value, MARKS);
  return Array.isArray(marks) && Object.hasOwn(this, 'mark') && marks.includes(this.mark);
}

/**
 * The base of the errors we throw: a fault in something we depend on or in ourselves. What a caller
 * should expect (a refusal, a missing row) is a returned union instead.
 */
export class Fault extends Error {
  static readonly mark: string = 'Fault';
  readonly code: ErrorCode;
  readonly retry: boolean;
  readonly context: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, options: FaultOptions) {
    super(message, { cause: options.cause });
    this.name = 'Fault';
    this.code = code;
    this.retry = options.retry;
    this.context = options.context ?? {};
  }

  get [MARKS](): readonly string[] {
    return ['Fault'];
  }
}
Object.defineProperty(Fault, Symbol.hasInstance, { value: isInstance });

/** Redis, the database or another server did not answer as it should; trying again later can help. */
export class UnavailableFault extends Fault {
  static override readonly mark = 'UnavailableFault';

  constructor(service: 'redis' | 'database' | 'auth' | 'storage' | 'model', cause?: unknown) {
    super('unavailable', `${service} is unavailable`, { retry: true, context: { service }, cause });
    this.name = 'UnavailableFault';
  }

  override get [MARKS](): readonly string[] {
    return ['Fault', 'UnavailableFault'];
  }
}

/**
 * Work that can never succeed as given (a bad payload, an unreadable document): not retried. The message is
 * shown to the user, so it says in plain words what to do.
 */
export class PermanentFault extends Fault {
  static override readonly mark = 'PermanentFault';

  constructor(message: string, context?: Readonly<Record<string, unknown>>, cause?: unknown) {
    super('internal', message, { retry: false, ...(context ? { context } : {}), cause });
    this.name = 'PermanentFault';
  }

  override get [MARKS](): readonly string[] {
    return ['Fault', 'PermanentFault'];
  }
}

/** Whether doing the same again may succeed. Unknown errors may: only a `Fault` can say it is permanent. */
export function isRetryable(error: unknown): boolean {
  return error instanceof Fault ? error.retry : true;
}

/** Why a document could not be used. Stored with the document; the UI has a sentence for each. */
export const DOCUMENT_ERROR_REASONS = [
  'missing',
  'empty',
  'binary',
  'too_large',
  'unsupported_format',
  'not_in_plan',
  'encrypted',
  'damaged',
  'no_text',
  'unsafe',
  'timeout',
  'out_of_memory',
  'crashed',
] as const;
export type DocumentErrorReason = (typeof DOCUMENT_ERROR_REASONS)[number];
