import { must } from '@megacampus/db/clients';
import { createDocumentStore } from '@megacampus/db/documents';
import { PermanentFault } from '@megacampus/domain/errors';
import type { DocumentType } from '@megacampus/domain/tiers';
import type { SessionUser } from '@/features/session/session-user.ts';
import type { FileProblem } from './check-file.ts';

type UserDb = SessionUser['db'];

interface NewDocument {
  readonly courseId: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly type: DocumentType;
  readonly path: string;
}

/** The limits that the database names when it turns a document down (`check_course_document`). */
const PROBLEMS: Readonly<Record<string, FileProblem>> = {
  documents_per_course: 'errorCount',
  document_types: 'errorType',
  max_file_size_bytes: 'errorSize',
};

/** Null when it was added. @throws UnavailableFault, Fault */
export async function addDocument(db: UserDb, document: NewDocument): Promise<FileProblem | null> {
  try {
    await createDocumentStore(db).add(document);
    return null;
  } catch (err) {
    const problem = err instanceof PermanentFault ? PROBLEMS[String(err.context['reason'])] : undefined;
    if (problem === undefined) throw err;
    return problem;
  }
}

export interface StoredFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A document with its bytes; null when it is not the user's or not there. @throws UnavailableFault, Fault */
export async function readDocument(db: UserDb, courseSlug: string, documentId: string): Promise<StoredFile | null> {
  const query = db.from('course_documents').select('name, path, courses!inner(slug)').eq('id', documentId);
  const row = must(await query.eq('courses.slug', courseSlug).maybeSingle(), 'database');
  if (row === null) return null;
  const bytes = await createDocumentStore(db).download(row.path);
  return bytes === null ? null : { name: row.name, bytes: new Uint8Array(bytes) };
}
