import { DOCUMENT_TYPES, type DocumentType, tierPolicy } from '@megacampus/domain/tiers';
import { detectFormat } from './detect-format.ts';
import type { FileFacts, ParsedDocument } from './document.ts';
import { DocumentError } from './document-error.ts';
import { openOcr as openInstalledOcr } from './ocr.ts';
import { parseImage } from './parsers/image.ts';
import { type ParseContext, parserOf } from './parsers.ts';

/** The largest file of any tier; the tier's own limit is held at upload. */
export const MAX_DOCUMENT_BYTES = tierPolicy('PREMIUM').maxFileSizeBytes;

export interface ParseOptions extends Partial<ParseContext> {
  readonly maxSizeBytes?: number;
  /** The types that are read, by content; default all. A tier has its own list. */
  readonly types?: readonly DocumentType[];
}

/**
 * Reads a document; its format is found by content, whatever its name says. Throws a DocumentError naming the file
 * for anything that can't become text. CPU-bound: servers use `createDocumentReader` instead.
 */
export async function parseDocument(
  bytes: Uint8Array,
  file: FileFacts,
  { maxSizeBytes = MAX_DOCUMENT_BYTES, types = DOCUMENT_TYPES, openOcr = openInstalledOcr }: ParseOptions = {},
): Promise<ParsedDocument> {
  if (bytes.length === 0) throw new DocumentError('empty', file.name);
  if (bytes.length > maxSizeBytes) throw new DocumentError('too_large', file.name);
  const format = detectFormat(bytes, file);
  if (format === 'binary') throw new DocumentError('binary', file.name);
  if (format === 'encrypted') throw new DocumentError('encrypted', file.name);
  if (format === 'other_format') throw new DocumentError('unsupported_format', file.name);
  const type = format === 'image' ? 'pdf' : format;
  if (!types.includes(type)) throw new DocumentError('not_in_plan', file.name);
  const parsed = await withinTheStack(file, async () =>
    format === 'image'
      ? parseImage(bytes, file, { openOcr })
      : (await parserOf(format)).parse(bytes, file, { openOcr }),
  );
  if (!/[\p{L}\p{N}]/u.test(parsed.text)) throw new DocumentError('empty', file.name);
  return parsed;
}

/** Trees that are nested without end are too deep for the call stack somewhere, in whichever library it is. */
async function withinTheStack<T>(file: FileFacts, parse: () => Promise<T>): Promise<T> {
  try {
    return await parse();
  } catch (cause) {
    const isTooDeep = cause instanceof RangeError && /call stack/.test(cause.message);
    throw isTooDeep ? new DocumentError('unsafe', file.name, cause) : cause;
  }
}
