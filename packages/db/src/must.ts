import { type ErrorCode, Fault, UnavailableFault } from '@megacampus/domain/errors';

export type Service = ConstructorParameters<typeof UnavailableFault>[0];

/** What the parts of supabase-js have in common when they fail. */
interface Failure {
  readonly message: string;
  readonly name?: string;
  readonly code?: string | undefined;
  readonly status?: number | undefined;
}
type Result = { readonly data: unknown; readonly error: Failure | null; readonly status?: number };

/**
 * The data of an answer of supabase-js, which returns its errors instead of throwing them.
 *
 * @throws UnavailableFault when the server could not be asked or could not answer: trying again can help.
 * @throws Fault when it refused; the context has its code, for the log.
 */
export function must<R extends Result>(result: R, service: Service = 'database'): Extract<R, { error: null }>['data'] {
  if (result.error === null) return result.data;
  throw toFault(result.error, result.status, service);
}

/** The fault that stands for an error of supabase-js. */
export function toFault(error: Failure, status: number | undefined, service: Service): Fault {
  if (isOutage(error, status ?? error.status)) return new UnavailableFault(service, error);
  return new Fault(codeOf(error, status ?? error.status), `${service}: ${error.message}`, {
    retry: false,
    context: { service, code: error.code, status: status ?? error.status },
    cause: error,
  });
}

/** SQLSTATEs after which the same statement can succeed: connection, resources, shutdown, timeout, deadlock. */
const PASSING_SQLSTATE = /^(08...|53...|57P0.|57014|40001|40P01|55P03|58...)$/;
/** PostgREST's own codes for "no connection" and "no free connection in time". */
const PASSING_POSTGREST = /^PGRST00[0-3]$/;
/** @supabase/lite puts every error without a rule of its own under SUP: this is how Postgres's refusals look there. */
const REFUSAL_IN_LITE =
  /^PostgresError: (?!.*(shutting down|starting up|recovery mode|terminating connection|too many))/;
/** A request that got no answer: refused, reset, timed out, not understood. */
const UNANSWERED = new Set(['AuthRetryableFetchError', 'StorageUnknownError']);

function isOutage(error: Failure, status: number | undefined): boolean {
  const code = error.code ?? '';
  if (code === 'SUP') return !REFUSAL_IN_LITE.test(error.message);
  if (PASSING_SQLSTATE.test(code) || PASSING_POSTGREST.test(code)) return true;
  if (/^[0-9A-Z]{5}$/.test(code) || code.startsWith('PGRST')) return false;
  if (error.name !== undefined && UNANSWERED.has(error.name)) return true;
  return status === undefined || status === 0 || status >= 500;
}

function codeOf(error: Failure, status: number | undefined): ErrorCode {
  if (status === 401) return 'unauthorized';
  if (error.code === '42501' || status === 403) return 'forbidden';
  return 'internal';
}
