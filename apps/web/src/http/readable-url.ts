/** What a client sends to a proxy, which we are not: scheme and host before the path. */
const ORIGIN = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*/i;

/** One or more encoded bytes, or a sign that begins none. */
const ENCODED = /(?:%[0-9a-f]{2})+|%/gi;

/**
 * The URL of a request in a form that decodes to text a database can hold. What is encoded badly (no UTF-8, half a byte) or
 * stands for NUL is taken letter by letter, and so names nothing that there is, where it would be an error further in.
 */
export function readableUrl(url: string): string {
  return url
    .replace(ORIGIN, '')
    .replace(ENCODED, (encoded) => (isReadable(encoded) ? encoded : encoded.replaceAll('%', '%25')));
}

function isReadable(encoded: string): boolean {
  try {
    return !decodeURIComponent(encoded).includes('\0');
  } catch {
    return false;
  }
}
