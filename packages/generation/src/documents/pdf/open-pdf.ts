import type { PDFDocumentProxy } from 'pdfjs-dist';
import { DocumentError } from '../document-error.ts';

/** Where pdf.js's own data lies (character maps, fonts, decoders), all in its package: nothing is ever fetched. */
const dataDir = (name: string) => new URL(`${name}/`, import.meta.resolve('pdfjs-dist/package.json')).pathname;

/** Pictures larger than this are not decoded, in pixels: A3 at 600 dpi is 70 million. */
const MAX_PICTURE_PIXELS = 80_000_000;

/** Opens a PDF; a user password makes it `encrypted`, an owner password does not keep anybody from reading. */
export async function openPdf(bytes: Uint8Array, fileName: string): Promise<PDFDocumentProxy> {
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const task = getDocument({
    data: bytes,
    verbosity: VerbosityLevel.ERRORS,
    cMapUrl: dataDir('cmaps'),
    standardFontDataUrl: dataDir('standard_fonts'),
    wasmUrl: dataDir('wasm'),
    useWorkerFetch: false,
    useSystemFonts: false,
    disableFontFace: true,
    fontExtraProperties: true,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    maxImageSize: MAX_PICTURE_PIXELS,
    stopAtErrors: false,
    enableXfa: false,
  });
  try {
    return await task.promise;
  } catch (cause) {
    await task.destroy();
    const isLocked = cause instanceof Error && cause.name === 'PasswordException';
    throw new DocumentError(isLocked ? 'encrypted' : 'damaged', fileName, cause);
  }
}
