import { chunkDocument } from './chunk-document.ts';
import { DocumentError } from './document-error.ts';
import { parseDocument } from './parse-document.ts';
import { onTask, type ReadOutcome, type ReadTask } from './reading-process.ts';

async function readDocument({ bytes, file, maxSizeBytes, types }: ReadTask): Promise<ReadOutcome> {
  try {
    const parsed = await parseDocument(bytes, file, { maxSizeBytes, types });
    const { type, language, unread = null } = parsed;
    return { ok: true, document: { type, language, unread, chunks: chunkDocument(parsed) } };
  } catch (error) {
    if (error instanceof DocumentError) return { ok: false, reason: error.reason };
    throw error;
  }
}

onTask(readDocument);
