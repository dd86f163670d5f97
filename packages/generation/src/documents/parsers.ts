import type { DocumentType } from '@megacampus/domain/tiers';
import type { FileFacts, ParsedDocument } from './document.ts';
import type { Ocr } from './ocr.ts';

/** What parsers may use. */
export interface ParseContext {
  /** Null when pictures can't be read here. Whoever opens it closes it. */
  readonly openOcr: () => Promise<Ocr | null>;
}

/** Reads one format. Throws a DocumentError for a document it can't use. */
export interface DocumentParser {
  readonly type: DocumentType;
  parse(bytes: Uint8Array, file: FileFacts, context: ParseContext): ParsedDocument | Promise<ParsedDocument>;
}

/** One file a format, loaded when a document needs it: the libraries behind them take time and memory to load. */
const PARSERS = {
  docx: async () => (await import('./parsers/docx.ts')).docxParser,
  html: async () => (await import('./parsers/html.ts')).htmlParser,
  md: async () => (await import('./parsers/markdown.ts')).markdownParser,
  pdf: async () => (await import('./parsers/pdf.ts')).pdfParser,
  pptx: async () => (await import('./parsers/pptx.ts')).pptxParser,
  txt: async () => (await import('./parsers/plain-text.ts')).plainTextParser,
} as const satisfies Record<DocumentType, () => Promise<DocumentParser>>;

/** The parser of a format. */
export function parserOf(type: DocumentType): Promise<DocumentParser> {
  return PARSERS[type]();
}
