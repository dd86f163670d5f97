import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDocumentReader, type DocumentReader, type DocumentReaderOptions } from './document-reader.ts';

// A process starts slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const readers: DocumentReader[] = [];
function reader(options?: DocumentReaderOptions): DocumentReader {
  const made = createDocumentReader(options);
  readers.push(made);
  return made;
}

/** A process that behaves as badly as the name of the file it is given says. */
const EVIL = new URL('./fixtures/evil.process.ts', import.meta.url);
const bytes = new TextEncoder().encode('# Title\n\nA paragraph of text.\n');

afterEach(async () => {
  await Promise.all(readers.splice(0).map((each) => each.close()));
});

describe('document reader', () => {
  it('reads a document in another process', async () => {
    const read = await reader().read(bytes, { name: 'a.md', type: 'md' });
    const text = '# Title\n\nA paragraph of text.';
    expect(read.chunks).toEqual([{ position: 0, headingPath: ['Title'], page: null, start: 0, end: 29, text }]);
  });

  it('carries an expected failure over from the process with its reason', async () => {
    const read = reader().read(Uint8Array.of(1, 2, 3, 4, 0, 0, 7), { name: 'a.md', type: 'md' });
    await expect(read).rejects.toMatchObject({ reason: 'binary', fileName: 'a.md', retry: false });
  });

  it.each([
    ['memory', 'out_of_memory'],
    ['one large piece', 'out_of_memory'],
    ['outside the heap', 'out_of_memory'],
    ['exit', 'crashed'],
    ['throw', 'crashed'],
  ])('turns a process that does this into a DocumentError: %s', async (name, reason) => {
    const evil = reader({ entry: EVIL, memoryMb: 64 });
    await expect(evil.read(bytes, { name, type: 'md' })).rejects.toMatchObject({ name: 'DocumentError', reason });
    // The next document is not harmed.
    expect(await evil.read(bytes, { name: 'fine', type: 'md' })).toEqual({
      type: 'md',
      language: null,
      chunks: [],
      unread: null,
    });
  });

  it('goes on through a signal to all processes of a service, and never blames the document for one', async () => {
    const evil = reader({ entry: EVIL });
    expect(await evil.read(bytes, { name: 'signalled', type: 'md' })).toMatchObject({ type: 'md' });
    const interrupted = evil.read(bytes, { name: 'signalled while it starts', type: 'md' });
    await expect(interrupted).rejects.toMatchObject({ name: 'Fault', retry: true });
  });

  it('gives the process nothing of the environment', async () => {
    const read = reader({ entry: EVIL }).read(bytes, { name: 'secrets', type: 'md' });
    await expect(read).rejects.toMatchObject({ reason: 'empty', cause: expect.not.arrayContaining(['PATH', 'HOME']) });
  });

  it('stops a running process when aborted, with the signal as the reason', async () => {
    const stop = new AbortController();
    const evil = reader({ entry: EVIL });
    const running = evil.read(bytes, { name: 'hang', type: 'md' }, { signal: stop.signal });
    const waiting = evil.read(bytes, { name: 'hang', type: 'md' }, { signal: stop.signal });
    stop.abort(new Error('cancelled'));
    const cancelled = { status: 'rejected', reason: new Error('cancelled') };
    expect(await Promise.allSettled([running, waiting])).toEqual([cancelled, cancelled]);
    expect(await evil.read(bytes, { name: 'fine', type: 'md' })).toMatchObject({ type: 'md' });
  });

  it('ends a hanging process at its deadline, and does not count the wait for it against the next document', async () => {
    const evil = reader({ entry: EVIL, timeoutMs: 5_000 });
    const hanging = evil.read(bytes, { name: 'hang', type: 'md' });
    const next = evil.read(bytes, { name: 'fine', type: 'md' });
    await expect(hanging).rejects.toMatchObject({ name: 'DocumentError', reason: 'timeout' });
    expect(await next).toMatchObject({ type: 'md' });
  });

  it('stops what it is doing when closed', async () => {
    const evil = createDocumentReader({ entry: EVIL });
    const hanging = evil.read(bytes, { name: 'hang', type: 'md' });
    const rejected = expect(hanging).rejects.toThrow('closed');
    await evil.close();
    await rejected;
    await expect(evil.read(bytes, { name: 'fine', type: 'md' })).rejects.toThrow('closed');
  });

  it('refuses a file that is too large before it reaches a process', async () => {
    const small = reader({ maxSizeBytes: 10 });
    await expect(small.read(bytes, { name: 'a.md', type: 'md' })).rejects.toMatchObject({ reason: 'too_large' });
  });
});
