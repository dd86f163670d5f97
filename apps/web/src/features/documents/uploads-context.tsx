'use client';

import type { CourseDocument } from '@megacampus/db/documents';
import type { TierPolicy } from '@megacampus/domain/tiers';
import { useRouter } from 'next/navigation';
import { createContext, type ReactNode, useContext, useEffect, useReducer, useRef } from 'react';
import { checkFile } from './check-file.ts';
import { runUpload } from './run-upload.ts';
import { changeUploads, type Upload } from './upload-list.ts';

interface Uploads {
  /** Files on their way, and those that did not make it. */
  readonly uploads: readonly Upload[];
  readonly isUploading: boolean;
  add(files: readonly File[]): void;
  retry(upload: Upload): void;
  /** Stops an upload, or takes a failed one off the list. */
  dismiss(upload: Upload): void;
}

const idle: Uploads = { uploads: [], isUploading: false, add: () => {}, retry: () => {}, dismiss: () => {} };
const UploadsContext = createContext<Uploads>(idle);

export const useUploads = () => useContext(UploadsContext);

interface UploadsProviderProps {
  readonly courseId: string;
  readonly policy: TierPolicy;
  readonly documents: readonly CourseDocument[];
  readonly children: ReactNode;
}

/** Uploads of one course page: the documents panel shows them, the generate button waits for them. */
export function UploadsProvider({ courseId, policy, documents, children }: UploadsProviderProps) {
  const router = useRouter();
  const [known, change] = useReducer(changeUploads, []);
  const stops = useRef(new Map<string, AbortController>());
  // One that is saved stays on the list until the server's list has it: nothing flickers.
  const arrived = known.filter((upload) => documents.some((document) => document.path === upload.path));
  const uploads = known.filter((upload) => !arrived.includes(upload));
  const arrivedIds = arrived.map((upload) => upload.id).join();
  // It is forgotten then, or it would come back when its document is removed.
  useEffect(() => {
    for (const id of arrivedIds.split(',').filter(Boolean)) change({ kind: 'removed', id });
  }, [arrivedIds]);
  const isUploading = uploads.some((upload) => upload.phase !== 'failed');

  async function run(upload: Pick<Upload, 'id' | 'file'>) {
    const { id, file } = upload;
    const stop = new AbortController();
    stops.current.set(id, stop);
    const end = await runUpload(courseId, file, {
      signal: stop.signal,
      onChange: (to) => change({ kind: 'changed', id, to }),
    });
    stops.current.delete(id);
    if (end.kind === 'failed') change({ kind: 'changed', id, to: { phase: 'failed', problem: end.problem } });
    if (end.kind === 'aborted') change({ kind: 'removed', id });
    router.refresh();
  }

  function add(files: readonly File[]) {
    const taken = [...documents, ...uploads.filter((upload) => upload.phase !== 'failed').map((upload) => upload.file)];
    const names = taken.map((entry) => entry.name);
    const added = files.map((file): Upload => {
      const problem = checkFile(file, names, policy);
      if (problem === null) names.push(file.name);
      const phase = problem === null ? 'waiting' : 'failed';
      return { id: crypto.randomUUID(), file, phase, percentage: 0, problem, path: null };
    });
    change({ kind: 'added', uploads: added });
    for (const upload of added) if (upload.phase === 'waiting') void run(upload);
  }

  function retry(upload: Upload) {
    change({ kind: 'changed', id: upload.id, to: { phase: 'waiting', problem: null, percentage: 0, path: null } });
    void run(upload);
  }

  function dismiss(upload: Upload) {
    if (upload.phase === 'failed') change({ kind: 'removed', id: upload.id });
    else stops.current.get(upload.id)?.abort();
  }

  return <UploadsContext value={{ uploads, isUploading, add, retry, dismiss }}>{children}</UploadsContext>;
}
