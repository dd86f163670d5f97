import { refuse } from './refusal.ts';
import { type NextHandler, route } from './route.ts';

const METHODS = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'] as const;
type Method = (typeof METHODS)[number];

/**
 * What a route answers to the methods that it does not have: 405 in the error body of everything else, and to
 * OPTIONS the ones it has. Next's own answers would carry neither body nor request id.
 */
export function otherMethods<Served extends Method>(
  ...served: readonly Served[]
): Record<Exclude<Method, Served> | 'OPTIONS', NextHandler<object>> {
  const allow = [...served, 'OPTIONS'].join(', ');
  const refused = route<object>(async () => refuse('method_not_allowed', undefined, { headers: { allow } }));
  const options = route<object>(async () => new Response(null, { status: 204, headers: { allow } }));
  const rest = METHODS.filter((method) => !(served as readonly Method[]).includes(method));
  return Object.fromEntries([...rest.map((method) => [method, refused]), ['OPTIONS', options]]);
}
