import type { Instrumentation } from 'next';
import { getDeps } from '../deps.ts';
import { REQUEST_ID_HEADER } from './request-id.ts';

type Failure = Parameters<Instrumentation.onRequestError>;

/** Logs what a page threw, with the code that its visitor is shown (`digest`) and the request id. Never throws. */
export function logPageError(err: Failure[0], request: Failure[1], { routePath, routeType }: Failure[2]): void {
  const requestId = request.headers[REQUEST_ID_HEADER];
  const digest = err instanceof Error && 'digest' in err ? err.digest : undefined;
  const { pathname } = new URL(request.path, 'http://localhost');
  getDeps().log.error(
    { err, digest, requestId, method: request.method, path: pathname, routePath, routeType },
    'page failed',
  );
}
