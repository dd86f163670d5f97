import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import type { FileFacts, ParsedDocument } from '../document.ts';
import { DocumentError } from '../document-error.ts';
import { documentOfNodes, type PagedNode } from '../document-of-nodes.ts';
import type { DocumentParser, ParseContext } from '../parsers.ts';
import { openPdf } from '../pdf/open-pdf.ts';
import { withoutFurniture } from '../pdf/page-furniture.ts';
import { type PageText, readPage } from '../pdf/page-lines.ts';
import { drawPage, readScan, showsSomething } from '../pdf/read-scan.ts';
import { readingOrder } from '../pdf/reading-order.ts';
import { structureOf } from '../pdf/structure.ts';
import { type Hints, simplified, typographyOf } from '../pdf/typography.ts';
import { createPictureReader, MAX_PICTURES } from '../picture-reader.ts';
import { plainTextNodes } from './plain-text.ts';

/** More pages than any course is made from; the time limit ends slow ones before. */
const MAX_PAGES = 5_000;
/** Fonts are looked up on a page that has them, which draws the page; documents have a handful of fonts. */
const MAX_FONT_PAGES = 12;
/** A page of a scan may have a stamp or a page number as text, so this many letters a page are needed to be text. */
const MIN_LETTERS_A_PAGE = 12;
/** A font without a table of its characters gives signs that nobody can read. */
const MAX_GARBLED = 0.4;

export const pdfParser: DocumentParser = {
  type: 'pdf',
  parse: async (bytes, file, context) => {
    // pdf.js keeps the bytes it is given for itself.
    const pdf = await openPdf(bytes.slice(), file.name);
    try {
      return await readPdf(pdf, file, context);
    } finally {
      await pdf.loadingTask.destroy();
    }
  },
};

async function readPdf(pdf: PDFDocumentProxy, file: FileFacts, context: ParseContext): Promise<ParsedDocument> {
  if (pdf.numPages > MAX_PAGES) throw new DocumentError('too_large', file.name);
  const pages: PageText[] = [];
  const fonts = createFontNames();
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pageOf(pdf, number, file);
    const text = await readPage(page);
    await fonts.learn(page, text);
    page.cleanup();
    pages.push(text);
  }
  if (!isReadable(pages)) return await readAsScan(pdf, file, context);
  const scanned = await readScannedPages(pdf, pages, context);
  const lines = withoutFurniture(pages).flatMap(readingOrder);
  const hints: Hints = { boldFonts: fonts.bold, outline: await outlineOf(pdf) };
  const nodes = [...structureOf(lines, typographyOf(lines, hints)), ...scanned.nodes];
  const parsed = documentOfNodes(
    'pdf',
    nodes.toSorted((a, b) => (a.page ?? 0) - (b.page ?? 0)),
  );
  return scanned.unread.length === 0 ? parsed : { ...parsed, unread: { pages: scanned.unread, pictures: 0 } };
}

/** Pages of a document with text that are pictures all the same: read where that is possible, else named. */
async function readScannedPages(pdf: PDFDocumentProxy, pages: readonly PageText[], context: ParseContext) {
  const pictures = createPictureReader(context);
  const nodes: PagedNode[] = [];
  const unread: number[] = [];
  try {
    for (const { number } of pages.filter((page) => lettersOn([page]) < MIN_LETTERS_A_PAGE)) {
      const page = await pdf.getPage(number);
      if (await showsSomething(page)) {
        const text = await pictures.read(() => drawPage(pdf, page));
        if (text === null) unread.push(number);
        else nodes.push(...plainTextNodes(text).map((node) => ({ node, page: number })));
      }
      page.cleanup();
    }
  } finally {
    await pictures.close();
  }
  return { nodes, unread };
}

/** Pages without a text layer are read as pictures, where that is possible. */
async function readAsScan(pdf: PDFDocumentProxy, file: FileFacts, { openOcr }: ParseContext): Promise<ParsedDocument> {
  const ocr = await openOcr();
  if (ocr === null) throw new DocumentError('no_text', file.name);
  try {
    if (pdf.numPages > MAX_PICTURES) throw new DocumentError('too_large', file.name);
    const numbers = Array.from({ length: pdf.numPages }, (_, index) => index + 1);
    const parsed = documentOfNodes('pdf', await readScan(pdf, numbers, ocr));
    if (!/\p{L}/u.test(parsed.text)) throw new DocumentError('no_text', file.name);
    return parsed;
  } finally {
    await ocr.close();
  }
}

/** A page that can't be read makes the document damaged: a course should not leave out a part and say nothing. */
async function pageOf(pdf: PDFDocumentProxy, number: number, file: FileFacts): Promise<PDFPageProxy> {
  try {
    return await pdf.getPage(number);
  } catch (cause) {
    throw new DocumentError('damaged', file.name, cause);
  }
}

const textOn = (pages: readonly PageText[]) =>
  pages.flatMap(({ segments }) => segments.map(({ text }) => text)).join('');
const lettersOn = (pages: readonly PageText[]) => textOn(pages).match(/[\p{L}\p{N}]/gu)?.length ?? 0;

function isReadable(pages: readonly PageText[]): boolean {
  const text = textOn(pages);
  const letters = lettersOn(pages);
  const garbled = text.match(/[\uFFFD\p{Cn}]/gu)?.length ?? 0;
  return letters >= pages.length * MIN_LETTERS_A_PAGE && garbled < text.length * MAX_GARBLED;
}

/** Which fonts are bold, by their names, which pdf.js tells only once a page is drawn. */
function createFontNames() {
  const known = new Set<string>();
  const bold = new Set<string>();
  let drawn = 0;
  async function learn(page: PDFPageProxy, { segments }: PageText): Promise<void> {
    const unknown = new Set(segments.map(({ font }) => font).filter((font) => !known.has(font)));
    if (unknown.size === 0 || drawn >= MAX_FONT_PAGES) return;
    drawn += 1;
    await page.getOperatorList();
    for (const font of unknown) {
      known.add(font);
      const name: unknown = page.commonObjs.has(font) ? page.commonObjs.get(font)?.name : undefined;
      if (typeof name === 'string' && /bold|black|heavy|semibold|demi/i.test(name)) bold.add(font);
    }
  }
  return { bold, learn };
}

/** The document's bookmarks by title, with their depth. */
async function outlineOf(pdf: PDFDocumentProxy): Promise<Map<string, number>> {
  const depths = new Map<string, number>();
  type Entries = Awaited<ReturnType<PDFDocumentProxy['getOutline']>>;
  const visit = (entries: Entries, depth: number) => {
    if (depth > 6) return;
    for (const { title, items } of entries) {
      const key = simplified(title);
      if (key !== '' && !depths.has(key)) depths.set(key, depth);
      visit(items, depth + 1);
    }
  };
  visit((await pdf.getOutline()) ?? [], 1);
  return depths;
}
