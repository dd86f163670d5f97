import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import type { PagedNode } from '../document-of-nodes.ts';
import type { Ocr } from '../ocr.ts';
import { plainTextNodes } from '../parsers/plain-text.ts';

/** Tesseract is at its best with letters of about 30 pixels, which is 200 dpi. */
const DPI = 200;
/** Larger pages are drawn smaller; A3 at 200 dpi is 7.7 million pixels. */
const MAX_PIXELS = 9_000_000;

/** Draws pages and reads them as pictures, one after the other. */
export async function readScan(pdf: PDFDocumentProxy, pages: readonly number[], ocr: Ocr): Promise<PagedNode[]> {
  const nodes: PagedNode[] = [];
  for (const number of pages) {
    const page = await pdf.getPage(number);
    const text = await ocr.read(await drawPage(pdf, page));
    page.cleanup();
    nodes.push(...plainTextNodes(text).map((node) => ({ node, page: number })));
  }
  return nodes;
}

/** Lines and shapes on a page that are no more than ornament; letters drawn as outlines are many more. */
const ORNAMENTS = 15;

/** Whether a page without text is a picture, and not just empty. */
export async function showsSomething(page: PDFPageProxy): Promise<boolean> {
  const { OPS } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const images: readonly number[] = [
    OPS.paintImageXObject,
    OPS.paintInlineImageXObject,
    OPS.paintImageMaskXObject,
    OPS.paintImageXObjectRepeat,
    OPS.paintImageMaskXObjectGroup,
  ];
  const { fnArray } = await page.getOperatorList();
  const shapes = fnArray.filter((operation) => operation === OPS.constructPath).length;
  return shapes > ORNAMENTS || fnArray.some((operation) => images.includes(operation));
}

type DrawingContext = NonNullable<Parameters<PDFPageProxy['render']>[0]['canvasContext']>;

/** What pdf.js draws on; in Node.js it makes one with its optional dependency @napi-rs/canvas. */
interface CanvasFactory {
  create(width: number, height: number): { canvas: { toBuffer(type: 'image/png'): Buffer }; context: DrawingContext };
  destroy(made: unknown): void;
}

/** A page as a picture. */
export async function drawPage(pdf: PDFDocumentProxy, page: PDFPageProxy): Promise<Uint8Array> {
  const plain = page.getViewport({ scale: 1 });
  const scale = Math.min(DPI / 72, Math.sqrt(MAX_PIXELS / (plain.width * plain.height)));
  const viewport = page.getViewport({ scale });
  const factory = pdf.canvasFactory as CanvasFactory;
  const made = factory.create(Math.ceil(viewport.width), Math.ceil(viewport.height));
  try {
    await page.render({ canvas: null, canvasContext: made.context, viewport }).promise;
    return made.canvas.toBuffer('image/png');
  } finally {
    factory.destroy(made);
  }
}
