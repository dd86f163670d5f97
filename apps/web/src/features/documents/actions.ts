'use server';

import { createDocumentStore, DOCUMENT_BUCKET } from '@megacampus/db/documents';
import { tierPolicy } from '@megacampus/domain/tiers';
import { customAlphabet } from 'nanoid';
import { headers } from 'next/headers';
import { z } from 'zod';
import { getDeps } from '@/deps.ts';
import { type SessionUser, sessionUser, tierOf } from '@/features/session/session-user.ts';
import { clientAddress } from '@/http/client-address.ts';
import { requestLog } from '@/http/request-log.ts';
import { CONTENT_TYPES, checkFile, documentTypeOf } from './check-file.ts';
import { addDocument } from './document-store.ts';
import { storagePath } from './storage-path.ts';
import type { UploadTarget } from './upload-file.ts';
import type { UploadProblem } from './upload-list.ts';

type Refused = { readonly kind: 'refused'; readonly problem: Exclude<UploadProblem, 'errorNetwork'> };

/** Longest name and path that the database takes, in characters. */
const NAME_MAX = 255;
const PATH_MAX = 1024;

const idSchema = z.uuid();
const fileSchema = z.object({ name: z.string().min(1).max(NAME_MAX), size: z.number().int().min(0) });
type FileFacts = z.infer<typeof fileSchema>;
const storedSchema = fileSchema.extend({ path: z.string() });

const uniquePart = customAlphabet('0123456789abcdefghijklmnopqrstuvwxyz', 12);

/** Checks a file once more, lets it into the bucket, and says where and as whom the browser may store it. */
export async function beginUpload(
  courseId: string,
  file: FileFacts,
): Promise<Refused | { readonly kind: 'begun'; readonly path: string; readonly target: UploadTarget }> {
  const user = await sessionUser();
  if (user === null) return { kind: 'refused', problem: 'errorSession' };
  if (!isWellFormed(courseId, file, fileSchema)) return { kind: 'refused', problem: 'errorServer' };
  if (!(await mayUpload(user.id))) return { kind: 'refused', problem: 'errorTooMany' };
  const documents = await createDocumentStore(user.db).list(courseId);
  const names = documents.map((document) => document.name);
  const problem = checkFile(file, names, tierPolicy(await tierOf(user)));
  const type = documentTypeOf(file.name);
  if (problem !== null || type === null) return { kind: 'refused', problem: problem ?? 'errorType' };

  const { env, uploads } = getDeps();
  const path = storagePath({ userId: user.id, courseId }, file.name, uniquePart());
  const admission = await uploads.admit(user.id, courseId, path);
  if (admission !== 'admitted') {
    return { kind: 'refused', problem: admission === 'too_many' ? 'errorUnfinished' : 'errorServer' };
  }
  return {
    kind: 'begun',
    path,
    target: {
      url: `${env.NEXT_PUBLIC_SUPABASE_URL}/storage/v1/object/${DOCUMENT_BUCKET}/${path}`,
      headers: {
        authorization: `Bearer ${user.accessToken}`,
        apikey: env.publishableKey,
        'content-type': CONTENT_TYPES[type],
        'x-upsert': 'false',
      },
    },
  };
}

/** Makes a stored file a document of the course. The database checks owner, place, number, type and real size. */
export async function finishUpload(
  courseId: string,
  file: FileFacts & { readonly path: string },
): Promise<Refused | { readonly kind: 'added' }> {
  const user = await sessionUser();
  if (user === null) return { kind: 'refused', problem: 'errorSession' };
  if (!isWellFormed(courseId, file, storedSchema)) return { kind: 'refused', problem: 'errorServer' };
  const type = documentTypeOf(file.name);
  if (type === null) return { kind: 'refused', problem: 'errorType' };
  try {
    const problem = await addDocument(user.db, {
      courseId,
      type,
      name: file.name,
      sizeBytes: file.size,
      path: file.path,
    });
    if (problem === null) return { kind: 'added' };
    await giveUp(user, file.path);
    return { kind: 'refused', problem };
  } catch (err) {
    return await failed(err, user, 'a document was not added');
  }
}

/** For an upload that was broken off or refused on its way: it no longer counts as unfinished. */
export async function abandonUpload(path: string): Promise<void> {
  const user = await sessionUser();
  if (user === null || !z.string().max(PATH_MAX).safeParse(path).success) return;
  await giveUp(user, path);
}

/** Best effort, as a worker removes what stays. Not the file of a document: this is for those that did not become one. */
async function giveUp(user: SessionUser, path: string): Promise<void> {
  try {
    if (await getDeps().uploads.withdraw(user.id, path)) await user.db.storage.from(DOCUMENT_BUCKET).remove([path]);
  } catch (err) {
    (await requestLog()).warn({ err, userId: user.id }, 'an upload was not withdrawn');
  }
}

/** True when the document is gone, whoever removed it. */
export async function removeDocument(documentId: string): Promise<boolean> {
  const user = await sessionUser();
  if (user === null || !idSchema.safeParse(documentId).success) return false;
  try {
    await createDocumentStore(user.db).remove(documentId);
    return true;
  } catch (err) {
    await failed(err, user, 'a document was not removed');
    return false;
  }
}

/** Arguments of an action are whatever was sent. */
function isWellFormed(courseId: unknown, file: unknown, schema: z.ZodType): boolean {
  return idSchema.safeParse(courseId).success && schema.safeParse(file).success;
}

/** Counts one upload; false when this user or this address has begun too many. */
async function mayUpload(userId: string): Promise<boolean> {
  const { upload, uploadFromAddress } = getDeps().rateLimits;
  const address = clientAddress(await headers());
  const outcomes = await Promise.all([uploadFromAddress.attempt(address), upload.attempt(userId)]);
  return outcomes.every(({ kind }) => kind === 'allowed');
}

async function failed(err: unknown, user: SessionUser, message: string): Promise<Refused> {
  (await requestLog()).error({ err, userId: user.id }, message);
  return { kind: 'refused', problem: 'errorServer' };
}
