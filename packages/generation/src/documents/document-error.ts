import { type DocumentErrorReason, PermanentFault } from '@megacampus/domain/errors';

const ADVICE: Record<DocumentErrorReason, (name: string) => string> = {
  missing: (name) => `“${name}” is not there any more. Upload it again.`,
  empty: (name) => `“${name}” is empty. Upload a file that has text in it.`,
  binary: (name) => `“${name}” is not a text file. Save it as plain text or Markdown and upload it again.`,
  too_large: (name) => `“${name}” is too large. Split it into smaller files and upload those.`,
  unsupported_format: (name) =>
    `“${name}” is in a format that can't be read. Save it as PDF, DOCX, PPTX, HTML or plain text and upload that.`,
  not_in_plan: (name) =>
    `“${name}” is of a type that your plan does not include, whatever its name says. Upload a file of another type.`,
  encrypted: (name) => `“${name}” is protected by a password. Remove the password and upload it again.`,
  damaged: (name) => `“${name}” is damaged. Open it in the program it was made with, save it and upload it again.`,
  no_text: (name) => `“${name}” has no text in it. Upload a version whose text can be selected and copied.`,
  unsafe: (name) =>
    `“${name}” is built in a way that is not safe to open. Save its text in a new file and upload that.`,
  timeout: (name) => `“${name}” took too long to read. Split it into smaller files and upload those.`,
  out_of_memory: (name) => `“${name}” needs too much memory to read. Split it into smaller files and upload those.`,
  crashed: (name) => `“${name}” could not be read. Save it as Markdown or plain text and upload it again.`,
};

/** A document that can never be read as it is. The message names the file and says what to do. */
export class DocumentError extends PermanentFault {
  readonly reason: DocumentErrorReason;
  readonly fileName: string;

  constructor(reason: DocumentErrorReason, fileName: string, cause?: unknown) {
    super(ADVICE[reason](fileName), { reason, fileName }, cause);
    this.name = 'DocumentError';
    this.reason = reason;
    this.fileName = fileName;
  }
}
