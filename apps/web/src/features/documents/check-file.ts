import type { DocumentType, TierPolicy } from '@megacampus/domain/tiers';

const EXTENSIONS: Readonly<Record<string, DocumentType>> = {
  pdf: 'pdf',
  docx: 'docx',
  pptx: 'pptx',
  html: 'html',
  htm: 'html',
  txt: 'txt',
  md: 'md',
  markdown: 'md',
};

/** The kind of document by its file name; browsers do not agree on the MIME type of Markdown. */
export function documentTypeOf(name: string): DocumentType | null {
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return EXTENSIONS[extension] ?? null;
}

export const CONTENT_TYPES = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  html: 'text/html',
  txt: 'text/plain',
  md: 'text/markdown',
} as const satisfies Record<DocumentType, string>;

export type FileProblem = 'errorType' | 'errorSize' | 'errorEmpty' | 'errorCount' | 'errorDuplicate';

interface CandidateFile {
  readonly name: string;
  readonly size: number;
}

/** Why a file can't become a document of a course that already has `taken`; null when it can. */
export function checkFile(file: CandidateFile, taken: readonly string[], policy: TierPolicy): FileProblem | null {
  const type = documentTypeOf(file.name);
  if (type === null || !policy.documentTypes.includes(type)) return 'errorType';
  if (file.size === 0) return 'errorEmpty';
  if (file.size > policy.maxFileSizeBytes) return 'errorSize';
  if (taken.includes(file.name)) return 'errorDuplicate';
  return taken.length >= policy.documentsPerCourse ? 'errorCount' : null;
}
