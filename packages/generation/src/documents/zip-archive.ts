import { inflateRawSync } from 'node:zlib';
import { type Entry, fromBufferPromise } from 'yauzl';
import { DocumentError } from './document-error.ts';

/** Entries a document of this kind may have; 2,000 slides with notes and pictures have about 10,000. */
const MAX_ENTRIES = 20_000;
/** Longest part that is unpacked; the text of a 5,000-page Word document is about 100 MB of XML. */
const MAX_PART_BYTES = 128 * 1024 * 1024;
/** All parts that are unpacked. The thread's heap would not hold much more text than this. */
const MAX_TOTAL_BYTES = 256 * 1024 * 1024;
/** XML of an office document packs by about 10, in rare cases by 50; a bomb by about 1,000. */
const MAX_RATIO = 200;
/** Small parts may pack as well as they like. */
const RATIO_FREE_BYTES = 4 * 1024 * 1024;

/** The text parts of an office document. */
export interface ZipArchive {
  readonly names: readonly string[];
  /** The bytes of a part; null when there is no such part. Throws a DocumentError for a part that is not to be trusted. */
  read(name: string): Uint8Array | null;
}

/**
 * Opens a zip without unpacking anything. Names that leave the archive, doubled names, too many entries, and parts that
 * unpack to more than a document can hold are refused, by what they say of themselves and again by what they do.
 */
export async function openZip(bytes: Uint8Array, fileName: string): Promise<ZipArchive> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = new Map<string, Entry>();
  try {
    // Names with "..", a drive or a leading slash are an error to yauzl.
    const zip = await fromBufferPromise(buffer, { lazyEntries: true, strictFileNames: true });
    if (zip.entryCount > MAX_ENTRIES) throw new DocumentError('unsafe', fileName);
    for await (const entry of zip.eachEntry()) {
      if (entries.has(entry.fileName)) throw new DocumentError('unsafe', fileName);
      entries.set(entry.fileName, entry);
    }
  } catch (cause) {
    if (cause instanceof DocumentError) throw cause;
    throw new DocumentError(reasonOf(cause), fileName, cause);
  }
  let total = 0;
  return {
    names: [...entries.keys()],
    read: (name) => {
      const entry = entries.get(name);
      if (entry === undefined) return null;
      const part = readEntry(buffer, entry, fileName);
      total += part.length;
      if (total > MAX_TOTAL_BYTES) throw new DocumentError('unsafe', fileName);
      return part;
    },
  };
}

function reasonOf(cause: unknown): 'unsafe' | 'damaged' {
  return cause instanceof Error && /invalid (?:relative path|characters)|absolute path/.test(cause.message)
    ? 'unsafe'
    : 'damaged';
}

const LOCAL_HEADER_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;

function readEntry(buffer: Buffer, entry: Entry, fileName: string): Uint8Array {
  if (entry.isEncrypted()) throw new DocumentError('encrypted', fileName);
  const { compressedSize, uncompressedSize } = entry;
  const suspicious = uncompressedSize > RATIO_FREE_BYTES && uncompressedSize > compressedSize * MAX_RATIO;
  if (uncompressedSize > MAX_PART_BYTES || suspicious) throw new DocumentError('unsafe', fileName);
  const header = entry.relativeOffsetOfLocalHeader;
  try {
    if (buffer.readUInt32LE(header) !== 0x04034b50) throw new Error('no local header');
    const start = header + LOCAL_HEADER_BYTES + buffer.readUInt16LE(header + 26) + buffer.readUInt16LE(header + 28);
    const packed = buffer.subarray(start, start + compressedSize);
    if (packed.length !== compressedSize) throw new Error('cut off');
    if (entry.compressionMethod === STORED) return packed;
    if (entry.compressionMethod !== DEFLATED) throw new Error(`compression method ${entry.compressionMethod}`);
    // Never a byte more than was announced, however much the data would give.
    const part = inflateRawSync(packed, { maxOutputLength: Math.max(1, uncompressedSize) });
    if (part.length !== uncompressedSize) throw new Error('not the size it claims to be');
    return part;
  } catch (cause) {
    const grew = cause instanceof RangeError && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE';
    throw new DocumentError(grew ? 'unsafe' : 'damaged', fileName, cause);
  }
}
