import { type ErrorCode, Fault, HTTP_STATUS } from '@megacampus/domain/errors';
import { createLogger, type Logger } from '@megacampus/log';
import { type Deps, getDeps } from '../deps.ts';
import { json } from './json.ts';
import { PUBLIC_TEXT, type Refusal, refuse } from './refusal.ts';
import { REQUEST_ID_HEADER, requestIdOf } from './request-id.ts';

/** One request to an endpoint. */
export interface Call<Params = Record<string, never>> {
  readonly request: Request;
  readonly params: Params;
  readonly requestId: string;
  /** Carries the request id. */
  readonly log: Logger;
  /** Who and what the request is about, as an endpoint finds out: a logger that carries it, as the closing line will. */
  learn(facts: Readonly<Record<string, string>>): Logger;
  /** `performance.now()` at the start, for what must end within a time. */
  readonly startedAtMs: number;
  /** Added to the response whatever the answer is; a renewed session's cookies. */
  readonly responseHeaders: Headers;
}

/** Answers a call. Expected refusals are returned, faults are thrown. */
export type Endpoint<Params> = (call: Call<Params>, deps: Deps) => Promise<Response | Refusal>;

export type NextHandler<Params> = (request: Request, context: { params: Promise<Params> }) => Promise<Response>;

/** Until the configuration has been read; for the request that finds it unreadable. */
const unconfigured = createLogger({ name: 'web', level: 'info' });

/** Seconds after which a client should come back when something we depend on is down. */
const OUTAGE_RETRY_AFTER_S = 5;

/**
 * Makes a Next.js route handler of an endpoint: request id, child logger, timing, and the one place where
 * refusals and faults become the error body of the contract. What it does not know becomes a generic 500.
 */
export function route<Params>(endpoint: Endpoint<Params>, depsOf: () => Deps = getDeps): NextHandler<Params> {
  return async (request, context) => {
    const startedAtMs = performance.now();
    const requestId = requestIdOf(request.headers);
    const responseHeaders = new Headers();
    let log = unconfigured;
    const learn = (facts: Readonly<Record<string, string>>) => {
      log = log.child(facts);
      return log;
    };
    let metrics: Deps['metrics'] | undefined;
    let pattern = UNKNOWN_ROUTE;
    let answer: Response | Refusal;
    try {
      const deps = depsOf();
      metrics = deps.metrics;
      const { pathname } = new URL(request.url);
      log = deps.log.child({ requestId, method: request.method, path: pathname });
      const params = await context.params;
      pattern = patternOf(pathname, params);
      answer = await endpoint({ request, params, requestId, log, learn, startedAtMs, responseHeaders }, deps);
    } catch (err) {
      answer = toRefusal(err);
      log.child({ requestId })[answer.code === 'internal' ? 'error' : 'warn']({ err }, 'request failed');
    }
    const response = answer instanceof Response ? answer : toResponse(answer, requestId);
    for (const [name, value] of responseHeaders) response.headers.append(name, value);
    response.headers.set(REQUEST_ID_HEADER, requestId);
    const durationMs = performance.now() - startedAtMs;
    log.info({ status: response.status, durationMs: Math.round(durationMs) }, 'request');
    metrics?.answered(pattern, response.status, durationMs);
    return response;
  };
}

const UNKNOWN_ROUTE = 'unknown';

/** The route of a path, as Next writes it: `/api/courses/[slug]/cancel`. There are few, however many courses. */
function patternOf<Params>(pathname: string, params: Params): string {
  const names = new Map<string, string>();
  for (const [name, value] of Object.entries(params ?? {})) {
    // What only the catch-all route knows is no route of ours.
    if (typeof value !== 'string') return UNKNOWN_ROUTE;
    names.set(encodeURIComponent(value), `[${name}]`);
  }
  return pathname
    .split('/')
    .map((segment) => names.get(segment) ?? segment)
    .join('/');
}

/** Thrown, these are about our own rights at a server we use; the caller's are refused by returning. */
const OUR_OWN: readonly ErrorCode[] = ['unauthorized', 'forbidden'];

/** A fault's own message is for the log; the client gets the fixed text of its code. */
function toRefusal(err: unknown): Refusal {
  const code = codeOf(err);
  return refuse(code, PUBLIC_TEXT[code], code === 'unavailable' ? { retryAfterS: OUTAGE_RETRY_AFTER_S } : {});
}

function codeOf(err: unknown): ErrorCode {
  // The deadline of an endpoint, which gives up with its own reason: what it waited for does not answer.
  if (err instanceof DOMException && err.name === 'TimeoutError') return 'unavailable';
  return err instanceof Fault && !OUR_OWN.includes(err.code) ? err.code : 'internal';
}

function toResponse(refusal: Refusal, requestId: string): Response {
  const { code, error, details, retryAfterS } = refusal;
  const body = { error, ...(details === undefined ? {} : { details }), requestId };
  const headers = new Headers({ 'cache-control': 'no-store', ...refusal.headers });
  if (retryAfterS !== undefined) headers.set('retry-after', String(retryAfterS));
  return json(body, { status: HTTP_STATUS[code], headers });
}
