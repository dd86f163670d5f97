import { MAX_BODY_BYTES } from '@megacampus/domain/api';
import type { z } from 'zod';
import { type Refusal, refuse } from './refusal.ts';

export type JsonBody<T> = { readonly kind: 'body'; readonly value: T } | Refusal;

/** A body of at most 16 KB takes no longer than this on any line; a slower one holds a connection on purpose. */
const BODY_TIMEOUT_MS = 1_000;

/**
 * Reads and checks a JSON body. The size limit holds for the bytes really read, whatever Content-Length says.
 * Refuses: not JSON by its type (415), too large (413); not UTF-8, not JSON, not as `schema` says (400).
 */
export async function readJson<T>(request: Request, schema: z.ZodType<T>): Promise<JsonBody<T>> {
  if (!isJson(request.headers)) return refuseUnread('unsupported_media_type');
  const declared = Number(request.headers.get('content-length') ?? 0);
  if (declared > MAX_BODY_BYTES) return refuseUnread('payload_too_large');

  const bytes = await readBytes(request);
  if (bytes === 'too_large') return refuseUnread('payload_too_large');
  if (bytes === 'incomplete') {
    return { ...badBody('incomplete_body', 'The body did not arrive completely'), headers: CLOSE };
  }

  const text = decode(bytes);
  if (text === null) return badBody('invalid_encoding', 'The body is not UTF-8');
  const json = parse(text);
  if (json === undefined) return badBody('invalid_json', 'The body is not JSON');

  const parsed = schema.safeParse(json);
  if (parsed.success) return { kind: 'body', value: parsed.data };
  const details = parsed.error.issues.map(({ path, code, message }) => ({ path, code, message }));
  return refuse('invalid_request', undefined, { details });
}

/** The rest of the body stands on the connection where the next request should begin. */
const CLOSE = { connection: 'close' };

function refuseUnread(code: 'unsupported_media_type' | 'payload_too_large'): Refusal {
  return refuse(code, undefined, { headers: CLOSE });
}

function badBody(code: string, message: string): Refusal {
  return refuse('invalid_request', undefined, { details: [{ path: [], code, message }] });
}

function isJson(headers: Headers): boolean {
  const [type = '', ...parameters] = (headers.get('content-type') ?? '').toLowerCase().split(';');
  const charset = parameters.map((part) => part.trim()).find((part) => part.startsWith('charset='));
  const encoding = headers.get('content-encoding') ?? 'identity';
  const isUtf8 = charset === undefined || /^charset="?utf-?8"?$/.test(charset);
  return type.trim() === 'application/json' && isUtf8 && encoding === 'identity';
}

async function readBytes(request: Request): Promise<Uint8Array | 'too_large' | 'incomplete'> {
  if (request.body === null) return new Uint8Array();
  const reader = request.body.getReader();
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    reader.cancel().catch(() => {});
  }, BODY_TIMEOUT_MS);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      size += next.value.byteLength;
      if (size > MAX_BODY_BYTES) {
        await reader.cancel();
        return 'too_large';
      }
      chunks.push(next.value);
    }
    return isOver ? 'incomplete' : Buffer.concat(chunks);
  } catch {
    return 'incomplete';
  } finally {
    clearTimeout(timer);
  }
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
