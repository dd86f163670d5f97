/** Answers below this many characters are not compressed: the threshold of Next's own compression. */
const WORTH_COMPRESSING = 1024;

/**
 * An answer as JSON. Next drops the length of an answer and then compresses however short it is, which costs more than
 * answering; `no-transform` keeps it, and proxies on the way, from doing so.
 */
export function json(body: unknown, init: { readonly status?: number; readonly headers?: HeadersInit } = {}): Response {
  const text = JSON.stringify(body);
  const headers = new Headers(init.headers);
  headers.set('content-type', 'application/json');
  if (text.length < WORTH_COMPRESSING) headers.append('cache-control', 'no-transform');
  return new Response(text, { ...init, headers });
}
