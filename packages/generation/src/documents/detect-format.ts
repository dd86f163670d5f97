import type { DocumentType } from '@megacampus/domain/tiers';
import { decodeText } from './decode-text.ts';
import type { FileFacts } from './document.ts';

/** What the bytes are: a format by name, some other known kind of file, or nothing that is known. */
export type DetectedFormat = DocumentType | 'image' | 'encrypted' | 'other_format' | 'binary';

const SIGNATURES: readonly {
  bytes: readonly number[];
  format: 'pdf' | 'zip' | 'compound' | 'image' | 'other_format';
}[] = [
  { bytes: [0x25, 0x50, 0x44, 0x46, 0x2d], format: 'pdf' },
  { bytes: [0x50, 0x4b, 0x03, 0x04], format: 'zip' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], format: 'compound' },
  { bytes: [0x7b, 0x5c, 0x72, 0x74, 0x66], format: 'other_format' }, // RTF
  { bytes: [0x89, 0x50, 0x4e, 0x47], format: 'image' },
  { bytes: [0xff, 0xd8, 0xff], format: 'image' },
  { bytes: [0x47, 0x49, 0x46, 0x38], format: 'other_format' },
  { bytes: [0x1f, 0x8b], format: 'other_format' },
  { bytes: [0x52, 0x61, 0x72, 0x21], format: 'other_format' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], format: 'other_format' },
];

/** Bytes that are decoded to tell HTML, Markdown and plain text apart. */
const SAMPLE_BYTES = 256 * 1024;

/** The format of a file by its content; the name only decides between Markdown and plain text without any markup. */
export function detectFormat(bytes: Uint8Array, file: FileFacts): DetectedFormat {
  const signature = SIGNATURES.find(({ bytes: magic }) => magic.every((byte, index) => bytes[index] === byte));
  if (signature?.format === 'zip') return officeFormat(bytes);
  if (signature?.format === 'compound') return compoundFormat(bytes);
  if (signature) return signature.format;
  if (pdfAfterPreamble(bytes)) return 'pdf';
  // An even cut, so that UTF-16 stays whole; a cut UTF-8 character at the end is no reason to guess.
  const decoded = decodeText(wholeCharacters(bytes));
  if (decoded === null) return 'binary';
  if (looksLikeHtml(decoded.text, file)) return 'html';
  return looksLikeMarkdown(decoded.text, file) ? 'md' : 'txt';
}

/**
 * The names of a zip's entries stand in the clear, so a docx and a pptx are known without unpacking anything; a zip
 * that was cut off has lost the list at its end, but not the names before each entry.
 */
function officeFormat(bytes: Uint8Array): DetectedFormat {
  const ends = [bytes.subarray(-4 * SAMPLE_BYTES), bytes.subarray(0, SAMPLE_BYTES)];
  for (const end of ends) {
    const names = new TextDecoder('latin1').decode(end);
    if (names.includes('word/document')) return 'docx';
    if (names.includes('ppt/presentation') || names.includes('ppt/slides/')) return 'pptx';
  }
  return 'other_format';
}

/** The container of the old Word, Excel and PowerPoint, and of a docx or pptx that is protected by a password. */
function compoundFormat(bytes: Uint8Array): DetectedFormat {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer.includes('EncryptedPackage', 0, 'utf16le') ? 'encrypted' : 'other_format';
}

/** Readers of PDF accept up to 1,024 bytes of anything before the mark. */
function pdfAfterPreamble(bytes: Uint8Array): boolean {
  return /%PDF-\d\.\d/.test(new TextDecoder('latin1').decode(bytes.subarray(0, 1024))) && bytes.includes(0);
}

/** A page says so in its first tag; a piece of one begins with a tag and must not look like Markdown. */
function looksLikeHtml(text: string, file: FileFacts): boolean {
  let start = text.trimStart();
  while (/^<(?:!--|\?)/.test(start)) {
    const end = start.indexOf('>', start.startsWith('<!--') ? Math.max(0, start.indexOf('-->')) : 0);
    if (end < 0) return false;
    start = start.slice(end + 1).trimStart();
  }
  if (/^<(?:!doctype html|html|head|body)\b/i.test(start)) return true;
  return (
    /^<(?:meta|title|article|main|section|div|p|h[1-6]|table|[uo]l|span|a|b|p)\b[^<>]*>/i.test(start) &&
    !looksLikeMarkdown(text, file)
  );
}

function wholeCharacters(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= SAMPLE_BYTES) return bytes;
  let end = SAMPLE_BYTES;
  while (end > SAMPLE_BYTES - 4 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, end % 2 === 0 || bytes[0] !== 0xff ? end : end - 1);
}

function looksLikeMarkdown(text: string, file: FileFacts): boolean {
  if (/\.(?:md|markdown|mdown)$/i.test(file.name)) return true;
  const headings = text.match(/^#{1,6} \S/gm)?.length ?? 0;
  const fences = text.match(/^```/gm)?.length ?? 0;
  const tables = text.match(/^\|?(?: ?:?-{3,}:? ?\|)+/gm)?.length ?? 0;
  return headings >= 2 || (headings === 1 && /^\s*# \S/.test(text)) || fences >= 2 || tables >= 1;
}
