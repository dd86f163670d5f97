import type { FileProblem } from './check-file.ts';

/** Why an upload did not work, as a name in the messages. */
export type UploadProblem =
  | FileProblem
  | 'errorNetwork'
  | 'errorServer'
  | 'errorSession'
  | 'errorTooMany'
  | 'errorUnfinished';

export interface Upload {
  readonly id: string;
  readonly file: File;
  readonly phase: 'waiting' | 'uploading' | 'saving' | 'failed';
  readonly percentage: number;
  readonly problem: UploadProblem | null;
  /** Where the file is kept, once that is known. */
  readonly path: string | null;
}

export type UploadChange =
  | { readonly kind: 'added'; readonly uploads: readonly Upload[] }
  | { readonly kind: 'changed'; readonly id: string; readonly to: Partial<Upload> }
  | { readonly kind: 'removed'; readonly id: string };

export function changeUploads(uploads: readonly Upload[], change: UploadChange): readonly Upload[] {
  switch (change.kind) {
    case 'added':
      return [...uploads, ...change.uploads];
    case 'changed':
      return uploads.map((upload) => (upload.id === change.id ? { ...upload, ...change.to } : upload));
    case 'removed':
      return uploads.filter((upload) => upload.id !== change.id);
  }
}

/** Problems that the file itself has; to try again with it is of no use. */
export function isFinal(problem: UploadProblem): boolean {
  return problem === 'errorType' || problem === 'errorSize' || problem === 'errorEmpty' || problem === 'errorDuplicate';
}
