import type { FileFacts, ParsedDocument } from '../document.ts';
import { DocumentError } from '../document-error.ts';
import { documentOfNodes } from '../document-of-nodes.ts';
import type { ParseContext } from '../parsers.ts';
import { plainTextNodes } from './plain-text.ts';

/** A photograph or scan of one page, where pictures can be read; it counts as a PDF of that page. */
export async function parseImage(
  bytes: Uint8Array,
  file: FileFacts,
  { openOcr }: ParseContext,
): Promise<ParsedDocument> {
  const ocr = await openOcr();
  if (ocr === null) throw new DocumentError('unsupported_format', file.name);
  try {
    const nodes = plainTextNodes(await ocr.read(bytes));
    return documentOfNodes(
      'pdf',
      nodes.map((node) => ({ node, page: 1 })),
    );
  } catch (cause) {
    throw new DocumentError('damaged', file.name, cause);
  } finally {
    await ocr.close();
  }
}
