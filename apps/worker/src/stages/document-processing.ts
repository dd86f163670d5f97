import { type DocumentErrorReason, PermanentFault } from '@megacampus/domain/errors';
import { type Tier, tierPolicy } from '@megacampus/domain/tiers';
import { DocumentError, type Unread } from '@megacampus/generation/documents';
import { failureOf, noneReadable } from './document-reason.ts';
import type { StageContext, StageHandler } from './stage-handler.ts';
import { reportStep, requireSaved } from './step-report.ts';

/** What became of one document; the list of them is stored with the generation and shown to the user. */
type DocumentResult =
  | {
      readonly documentId: string;
      readonly name: string;
      readonly status: 'processed';
      readonly passages: number;
      readonly unread: Unread | null;
    }
  | {
      readonly documentId: string;
      readonly name: string;
      readonly status: 'failed';
      readonly reason: DocumentErrorReason;
    };

/**
 * Reads the course's documents into passages. A document that cannot be used is left out, with the reason; only
 * when none can be used is there nothing to make the course from.
 */
export const documentProcessing: StageHandler<'document_processing'> = async (payload, context) => {
  const { deps, log, signal, generation } = context;
  if (generation.documents_ready) return;
  const documents = await deps.documents.list(payload.courseId, { signal });
  const results: DocumentResult[] = [];
  for (const [index, document] of documents.entries()) {
    await reportStep(context, 2, 'in_progress', { detail: `файл ${index + 1} из ${documents.length}` });
    results.push(await processOne(document, payload.tier, context));
  }

  const left = results.filter((result) => result.status === 'failed');
  if (left.length === documents.length) {
    const reasons = left.map(({ name, reason }) => ({ name, reason }));
    throw new PermanentFault(noneReadable(reasons), { failure: failureOf(reasons) });
  }
  requireSaved(await deps.store.saveDocuments({ generationId: generation.id, report: results }, { signal }));
  log.info({ documents: documents.length, leftOut: left.length }, 'documents stored');
};

type CourseDocument = Awaited<ReturnType<StageContext['deps']['documents']['list']>>[number];

async function processOne(document: CourseDocument, tier: Tier, context: StageContext): Promise<DocumentResult> {
  const { id: documentId, name } = document;
  try {
    const { passages, unread } = await readOne(document, tier, context);
    context.log.info({ documentId, passages }, 'document read');
    return { documentId, name, status: 'processed', passages, unread };
  } catch (err) {
    if (!(err instanceof PermanentFault)) throw err;
    const reason = err instanceof DocumentError ? err.reason : 'crashed';
    context.log.warn({ err, documentId }, 'document left out');
    await context.deps.documents.markFailed(documentId, reason, { signal: context.signal });
    return { documentId, name, status: 'failed', reason };
  }
}

/** Download → read in a process of its own, within the tier's limits → store its passages, which replace those of an earlier run. */
async function readOne(document: CourseDocument, tier: Tier, context: StageContext) {
  const { deps, signal, generation } = context;
  const bytes = await deps.documents.download(document.path, { signal });
  if (bytes === null) throw new DocumentError('missing', document.name);
  const { documentTypes: types, maxFileSizeBytes: maxSizeBytes } = tierPolicy(tier);
  const file = { name: document.name, type: document.type };
  const { chunks, language, unread } = await deps.reader.read(bytes, file, { signal, types, maxSizeBytes });
  const saved = await deps.store.replaceChunks(
    { documentId: document.id, language: language ?? generation.brief.language, chunks },
    { signal },
  );
  if (saved === null) throw new DocumentError('missing', document.name);
  // Two columns of one row, but no harm comes from dying in between: the document would be read again.
  const pages = [...(unread?.pages ?? [])];
  await deps.documents.noteUnread(document.id, unread && { ...unread, pages }, { signal });
  return { passages: chunks.length, unread };
}
