import type { Ocr } from './ocr.ts';
import type { ParseContext } from './parsers.ts';

/** Pictures or pages that are read in one document, about 2 s each. */
export const MAX_PICTURES = 40;
/** All time for them, in milliseconds; what is left then counts as not read. A document has two minutes in all. */
const PATIENCE_MS = 60_000;

/** Reads pictures of a document that has text besides them, within bounds. */
export interface PictureReader {
  /** The text on a picture, which is only asked for when it can be read; null when it was not read. */
  read(picture: () => Uint8Array | Promise<Uint8Array>): Promise<string | null>;
  close(): Promise<void>;
}

/** Nothing is started before there is a picture to read. */
export function createPictureReader({ openOcr }: ParseContext): PictureReader {
  let ocr: Promise<Ocr | null> | null = null;
  let until = 0;
  let left = MAX_PICTURES;
  return {
    async read(picture) {
      if (ocr === null) {
        ocr = openOcr();
        until = performance.now() + PATIENCE_MS;
      }
      const opened = await ocr;
      if (opened === null || left <= 0 || performance.now() > until) return null;
      left -= 1;
      // A picture that can't be decoded is one that was not read; the document's text is there all the same.
      return Promise.resolve()
        .then(picture)
        .then((bytes) => opened.read(bytes))
        .catch(() => null);
    },
    async close() {
      await (await ocr)?.close();
    },
  };
}

/** Names of the pictures that can be read. */
export const PICTURE = /\.(?:png|jpe?g)$/i;

/** Smaller pictures are icons, rules and logos, in pixels. */
const MIN_WIDTH = 240;
const MIN_HEIGHT = 100;

/** Whether a PNG or JPEG is large enough to hold text that matters. Other kinds of pictures are never read. */
export function isLargePicture(bytes: Uint8Array): boolean {
  const size = sizeOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return size !== null && size.width >= MIN_WIDTH && size.height >= MIN_HEIGHT;
}

function sizeOf(buffer: Buffer): { width: number; height: number } | null {
  if (buffer.length > 24 && buffer.readUInt32BE(0) === 0x89504e47)
    return { width: buffer.readUInt32BE(16), height: buffer.readUInt32BE(20) };
  if (buffer.length < 4 || buffer.readUInt16BE(0) !== 0xffd8) return null;
  // JPEG: segments one after the other; the size stands in the frame's (0xC0–0xCF but three of them).
  for (let at = 2; at + 9 < buffer.length && buffer[at] === 0xff; at += 2 + buffer.readUInt16BE(at + 2)) {
    const marker = buffer[at + 1] ?? 0;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { width: buffer.readUInt16BE(at + 7), height: buffer.readUInt16BE(at + 5) };
  }
  return null;
}
