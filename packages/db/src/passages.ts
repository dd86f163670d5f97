import type { DbClient } from './clients.ts';
import type { Passage } from './content-schemas.ts';
import { must } from './must.ts';
import type { CallOptions } from './rpc.ts';

/** As many rows as hosted Supabase gives at once by default. */
const PAGE_ROWS = 1_000;

/** All passages of a course's documents: documents in the order of upload, passages in reading order. */
export async function listPassages(client: DbClient, courseId: string, options: CallOptions = {}): Promise<Passage[]> {
  const documents = await listNames(client, courseId, options);
  const byDocument = new Map<string, Passage[]>(documents.map(({ id }) => [id, []]));
  const names = new Map(documents.map(({ id, name }) => [id, name]));
  for (let from = 0; ; from += PAGE_ROWS) {
    const rows = await listPage(client, courseId, from, options);
    for (const row of rows) {
      byDocument.get(row.document_id)?.push({
        id: row.id,
        documentId: row.document_id,
        documentName: names.get(row.document_id) ?? '',
        headingPath: row.heading_path,
        page: row.page,
        text: row.content,
        start: row.char_start,
        end: row.char_end,
        position: row.position,
      });
    }
    if (rows.length < PAGE_ROWS) return [...byDocument.values()].flat();
  }
}

async function listNames(client: DbClient, courseId: string, { signal }: CallOptions) {
  const query = client.from('course_documents').select('id, name').eq('course_id', courseId);
  const ordered = query.order('created_at').order('id');
  const result = await (signal ? ordered.abortSignal(signal) : ordered);
  if (result.error !== null) signal?.throwIfAborted();
  return must(result, 'database');
}

const COLUMNS = 'id, document_id, position, heading_path, page, char_start, char_end, content';

async function listPage(client: DbClient, courseId: string, from: number, { signal }: CallOptions) {
  const query = client.from('document_chunks').select(COLUMNS).eq('course_id', courseId);
  const page = query
    .order('document_id')
    .order('position')
    .range(from, from + PAGE_ROWS - 1);
  const result = await (signal ? page.abortSignal(signal) : page);
  if (result.error !== null) signal?.throwIfAborted();
  return must(result, 'database');
}
