import { PermanentFault } from '@megacampus/domain/errors';
import type { DocumentType } from '@megacampus/domain/tiers';
import { z } from 'zod';
import type { DbClient } from './clients.ts';
import { must } from './must.ts';
import type { CallOptions } from './rpc.ts';

export const DOCUMENT_BUCKET = 'course-documents';

export type DocumentStore = ReturnType<typeof createDocumentStore>;

/** What of a document was not read, because it is a picture: pages (1-based, ascending) and pictures between text. */
const unreadSchema = z.object({ pages: z.array(z.number().int().min(1)), pictures: z.number().int().min(0) });
export type UnreadParts = z.infer<typeof unreadSchema>;

export interface CourseDocument {
  readonly id: string;
  readonly name: string;
  readonly type: DocumentType;
  readonly sizeBytes: number;
  /** Name of the object in the bucket: `<user id>/<course id>/<file>`. */
  readonly path: string;
  readonly status: 'uploaded' | 'processed' | 'failed';
  readonly error: string | null;
  /** Null when everything was read, or nothing yet. */
  readonly unread: UnreadParts | null;
}

export interface NewDocument {
  readonly courseId: string;
  readonly name: string;
  readonly type: DocumentType;
  readonly sizeBytes: number;
  readonly path: string;
}

/** Codes with which the database turns a document down: a limit of the tier, or a file that is not there. */
const REFUSALS = new Set(['22023', '23503', '23505', '22P02']);

/** A course's documents and their files. With a user's client, their own only. @throws UnavailableFault, Fault */
export function createDocumentStore(client: DbClient) {
  const files = () => client.storage.from(DOCUMENT_BUCKET);
  return {
    /** In the order of upload. */
    async list(courseId: string, { signal }: CallOptions = {}): Promise<CourseDocument[]> {
      const query = client
        .from('course_documents')
        .select('id, name, type, size_bytes, path, status, error, unread')
        .eq('course_id', courseId)
        .order('created_at')
        .order('id');
      const result = await (signal ? query.abortSignal(signal) : query);
      if (result.error !== null) signal?.throwIfAborted();
      return must(result, 'database').map(({ size_bytes: sizeBytes, unread, ...row }) => ({
        ...row,
        sizeBytes,
        unread: unreadSchema.safeParse(unread).data ?? null,
      }));
    },

    /** Makes an uploaded file a document of its course. @throws PermanentFault when a limit of the tier forbids it. */
    async add(document: NewDocument): Promise<string> {
      const { courseId: course_id, sizeBytes: size_bytes, ...rest } = document;
      const result = await client
        .from('course_documents')
        .insert({ ...rest, course_id, size_bytes })
        .select('id')
        .single();
      if (result.error !== null && REFUSALS.has(result.error.code)) {
        throw new PermanentFault(result.error.message, { reason: result.error.hint }, result.error);
      }
      return must(result, 'database').id;
    },

    /** Removes a document and its file. False when there was none. */
    async remove(documentId: string): Promise<boolean> {
      const result = await client.from('course_documents').delete().eq('id', documentId).select('path');
      const [row] = must(result, 'database');
      if (row === undefined) return false;
      must(await files().remove([row.path]), 'storage');
      return true;
    },

    /** The file's bytes; null when it is not there. */
    async download(path: string, { signal }: CallOptions = {}): Promise<Uint8Array | null> {
      const result = await files().download(path, {}, signal ? { signal } : {});
      if (result.error !== null) {
        signal?.throwIfAborted();
        if (isMissing(result.error)) return null;
      }
      return new Uint8Array(await must(result, 'storage').arrayBuffer());
    },

    /** Notes what of a document was not read; null clears it. */
    async noteUnread(documentId: string, unread: UnreadParts | null, { signal }: CallOptions = {}): Promise<void> {
      const write = client.from('course_documents').update({ unread }).eq('id', documentId);
      const result = await (signal ? write.abortSignal(signal) : write);
      if (result.error !== null) signal?.throwIfAborted();
      must(result, 'database');
    },

    async markFailed(documentId: string, reason: string, { signal }: CallOptions = {}): Promise<void> {
      const write = client.from('course_documents').update({ status: 'failed', error: reason }).eq('id', documentId);
      const result = await (signal ? write.abortSignal(signal) : write);
      if (result.error !== null) signal?.throwIfAborted();
      must(result, 'database');
    },
  };
}

function isMissing(error: { readonly status?: number | undefined; readonly statusCode?: string | undefined }): boolean {
  return error.status === 404 || error.statusCode === '404' || error.statusCode === 'NoSuchKey';
}
