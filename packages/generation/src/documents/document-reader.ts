import type { CourseLanguage } from '@megacampus/domain/course';
import { DOCUMENT_TYPES, type DocumentType } from '@megacampus/domain/tiers';
import type { Chunk, FileFacts, Unread } from './document.ts';
import { DocumentError } from './document-error.ts';
import { MAX_DOCUMENT_BYTES } from './parse-document.ts';
import { runInProcess } from './reading-process.ts';

export { chunkDocument } from './chunk-document.ts';
export type { Block, Chunk, FileFacts, ParsedDocument, Unread } from './document.ts';
export { DocumentError } from './document-error.ts';
export { parseDocument } from './parse-document.ts';

/** A document read and cut into passages. */
export interface ReadDocument {
  /** The real format, found by content. */
  readonly type: DocumentType;
  readonly language: CourseLanguage | null;
  readonly chunks: readonly Chunk[];
  /** Null when everything was read. */
  readonly unread: Unread | null;
}

export interface DocumentReaderOptions {
  /** Processes at most; default 1. */
  readonly processes?: number;
  /** Longest time one document may take, in milliseconds, not counting the wait for a process; default 120 000. */
  readonly timeoutMs?: number;
  /** Heap of one process, in megabytes; default 512. */
  readonly memoryMb?: number;
  /** Largest file, in bytes; default the largest of any tier. */
  readonly maxSizeBytes?: number;
  /** The module that runs in the process. Tests put a hanging or crashing one in its place. */
  readonly entry?: URL;
}

export interface ReadOptions {
  readonly signal?: AbortSignal;
  /** Types that may be read, by content; default all. */
  readonly types?: readonly DocumentType[];
  /** Largest file, in bytes, where it is less than the reader's. */
  readonly maxSizeBytes?: number;
}

export interface DocumentReader {
  /**
   * Reads a document in a process of its own. Rejects with a DocumentError when the document can't be used, whatever
   * it did to the process, and with the signal's reason when aborted.
   */
  read(bytes: Uint8Array, file: FileFacts, options?: ReadOptions): Promise<ReadDocument>;
  close(): Promise<void>;
}

/**
 * Each document gets a fresh process: starting one takes about 0.2 s, and whatever a bad document did to it is gone with
 * it. Threads were tried: one that asks for a piece larger than its heap takes the whole process down.
 */
export function createDocumentReader(options: DocumentReaderOptions = {}): DocumentReader {
  const { processes = 1, timeoutMs = 120_000, memoryMb = 512 } = options;
  const entry = options.entry ?? new URL('./read-document.process.ts', import.meta.url);
  const gate = createGate(processes);
  const closing = new AbortController();

  async function read(
    bytes: Uint8Array,
    file: FileFacts,
    { signal, types = DOCUMENT_TYPES, ...limits }: ReadOptions = {},
  ) {
    const most = Math.min(options.maxSizeBytes ?? MAX_DOCUMENT_BYTES, limits.maxSizeBytes ?? MAX_DOCUMENT_BYTES);
    if (bytes.length > most) throw new DocumentError('too_large', file.name);
    const stop = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
    const leave = await gate.enter(stop);
    try {
      const task = { bytes, file, types, maxSizeBytes: most, timeoutMs };
      const outcome = await runInProcess(entry, task, { timeoutMs, memoryMb, stop });
      if (outcome.ok) return outcome.document;
      throw new DocumentError(outcome.reason, file.name, outcome.cause);
    } finally {
      leave();
    }
  }

  return { read, close: async () => closing.abort(new Error('the document reader is closed')) };
}

/** Lets `places` callers in at once, in order of arrival, so that a deadline starts when the work does. */
function createGate(places: number) {
  const waiting: (() => void)[] = [];
  let free = places;
  const leave = () => {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  };
  async function enter(signal: AbortSignal | undefined): Promise<() => void> {
    signal?.throwIfAborted();
    if (free > 0) {
      free -= 1;
      return leave;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const abort = () => {
      waiting.splice(waiting.indexOf(resolve), 1);
      reject(signal?.reason);
    };
    waiting.push(resolve);
    signal?.addEventListener('abort', abort, { once: true });
    try {
      await promise;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
    return leave;
  }
  return { enter };
}
