import { detectLanguage } from '../../language/detect-language.ts';
import { decodeText } from '../decode-text.ts';
import type { ParsedDocument } from '../document.ts';
import { DocumentError } from '../document-error.ts';
import { markdownBlocks } from '../markdown-blocks.ts';
import type { DocumentParser } from '../parsers.ts';

/** YAML between two rules at the very top: facts for a site generator, not text for a reader. */
const FRONT_MATTER = /^---\n(?:[\w-]+:.*\n|[ \t#-].*\n|\n)+---\n/;

export const markdownParser: DocumentParser = {
  type: 'md',
  parse: (bytes, file) => {
    const decoded = decodeText(bytes);
    if (decoded === null) throw new DocumentError('binary', file.name);
    return markdownDocument('md', decoded.text.replace(FRONT_MATTER, ''));
  },
};

/** A document whose text already is Markdown; formats that are turned into Markdown end here as well. */
export function markdownDocument(type: ParsedDocument['type'], text: string): ParsedDocument {
  return { type, text, blocks: markdownBlocks(text), language: detectLanguage(text) };
}
