import { nanoid } from 'nanoid';

export const REQUEST_ID_HEADER = 'x-request-id';

/** What may be taken over from outside: short, and safe in a header, a log line and a Redis value. */
const SANE = /^[\w.:-]{1,64}$/;

/** The caller's own id where it is sane, else a new one. */
export function requestIdOf(headers: Headers): string {
  const given = headers.get(REQUEST_ID_HEADER);
  return given !== null && SANE.test(given) ? given : nanoid();
}
