import { SaxesParser, type SaxesTagNS } from 'saxes';
import { DocumentError } from './document-error.ts';

/** Elements within one another; Word's deepest tables reach about 100. */
const MAX_DEPTH = 512;

export type XmlTag = SaxesTagNS;

export interface XmlHandlers {
  readonly open?: (tag: XmlTag) => void;
  readonly close?: (tag: XmlTag) => void;
  readonly text?: (text: string) => void;
}

/**
 * Reads a part of an office document as events; nothing is kept, so that memory does not grow with it. Office programs
 * write no document type, so one is refused: with it go entities that grow ("billion laughs") or reach for other files.
 */
export function readXml(bytes: Uint8Array, fileName: string, handlers: XmlHandlers = {}): void {
  const parser = new SaxesParser({ xmlns: true });
  let depth = 0;
  parser.on('doctype', () => {
    throw new DocumentError('unsafe', fileName);
  });
  parser.on('opentag', (tag) => {
    depth += 1;
    if (depth > MAX_DEPTH) throw new DocumentError('unsafe', fileName);
    handlers.open?.(tag);
  });
  parser.on('closetag', (tag) => {
    depth -= 1;
    handlers.close?.(tag);
  });
  parser.on('text', (text) => handlers.text?.(text));
  parser.on('error', (error) => {
    throw error;
  });
  try {
    parser.write(new TextDecoder(encodingOf(bytes)).decode(bytes)).close();
  } catch (cause) {
    if (cause instanceof DocumentError) throw cause;
    throw new DocumentError('damaged', fileName, cause);
  }
}

/** XML of office documents is UTF-8 or, with a byte order mark, UTF-16. */
function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}

/** An attribute by its local name, whatever prefix the document gives to its namespace. */
export function attribute(tag: XmlTag, local: string): string | undefined {
  return Object.values(tag.attributes).find((each) => each.local === local)?.value;
}
