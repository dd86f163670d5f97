import { DOCUMENT_ERROR_REASONS, type DocumentErrorReason } from '@megacampus/domain/errors';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import PDFDocument from 'pdfkit';
import { describe, expect, it, vi } from 'vitest';
import { DocumentError } from './document-error.ts';
import { createDocumentReader } from './document-reader.ts';
import { sampleBook } from './fixtures/book.ts';
import { handMadeDocx, lieAbout, paragraph } from './fixtures/office-zip.ts';
import { writeDocx } from './fixtures/write-docx.ts';
import { writePdf } from './fixtures/write-pdf.ts';
import { writePptx } from './fixtures/write-pptx.ts';
import { parseDocument } from './parse-document.ts';

// Making a document takes a while on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const book = { ...sampleBook('ru'), pieces: sampleBook('ru').pieces.slice(0, 12) };
const utf8 = (text: string) => new TextEncoder().encode(text);
const cut = (bytes: Uint8Array, share: number) => bytes.slice(0, Math.floor(bytes.length * share));

/** The reason for which a document is refused; null when it is read. Anything but a DocumentError fails the test. */
async function refusal(bytes: Uint8Array, name = 'Отчёт.bin'): Promise<DocumentErrorReason | null> {
  try {
    await parseDocument(bytes, { name, type: 'pdf' }, { openOcr: async () => null });
    return null;
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    expect(error.message).toContain(name);
    return error.reason;
  }
}

/** A PDF with drawings and no text, as a scanner makes it. */
async function scanLike(pages: number, text = ''): Promise<Uint8Array> {
  const doc = new PDFDocument({ autoFirstPage: false });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const done = new Promise((resolve) => doc.on('end', resolve));
  for (let page = 1; page <= pages; page += 1) {
    doc.addPage().rect(100, 100, 200, 300).fill('#333333');
    if (text) doc.text(text.replace('#', String(page)), 90, 500);
  }
  doc.end();
  await done;
  return new Uint8Array(Buffer.concat(chunks));
}

describe('a bad PDF', () => {
  it('that needs a password is encrypted; one that only forbids printing is read', async () => {
    expect(await refusal(await writePdf(book, { userPassword: 'secret' }))).toBe('encrypted');
    expect(await refusal(await writePdf(book, { userPassword: '' }))).toBeNull();
  });

  it('that is cut off or made up is damaged', async () => {
    const pdf = await writePdf(book);
    expect(await refusal(cut(pdf, 0.6))).toBe('damaged');
    expect(await refusal(utf8('%PDF-1.7 not really'))).toBe('damaged');
  });

  it('without a text layer has no text, also when each page carries a stamp', async () => {
    expect(await refusal(await scanLike(3))).toBe('no_text');
    expect(await refusal(await scanLike(3, 'No. #'))).toBe('no_text');
  });

  it('of 2,000 pages is read', async () => {
    const parsed = await parseDocument(await scanLike(2_000, 'Page number # says something new.'), {
      name: 'a',
      type: 'pdf',
    });
    expect(parsed.blocks.at(-1)?.page).toBe(2_000);
  });
});

describe('a bad office document', () => {
  it.each([
    ['docx', writeDocx],
    ['pptx', writePptx],
  ] as const)('%s that is cut off is damaged', async (_, write) => {
    const bytes = await write(book);
    for (const share of [0.3, 0.7, 0.98]) expect(await refusal(cut(bytes, share))).toBe('damaged');
  });

  it('with a password, which puts it into a container of another kind, is encrypted', async () => {
    const container = Buffer.concat([
      Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      Buffer.alloc(1_000),
      Buffer.from('EncryptedPackage', 'utf16le'),
    ]);
    expect(await refusal(new Uint8Array(container))).toBe('encrypted');
    expect(await refusal(new Uint8Array(container.subarray(0, 900)))).toBe('unsupported_format');
    expect(await refusal(lieAbout(handMadeDocx(paragraph('Текст')), 'word/document.xml', { flags: 1 }))).toBe(
      'encrypted',
    );
  });

  it('that unpacks to a thousand times its size is not unpacked', async () => {
    const bomb = handMadeDocx(paragraph('x'.repeat(20_000_000)));
    expect(bomb.length).toBeLessThan(100_000);
    expect(await refusal(bomb)).toBe('unsafe');
  });

  it('that hides its size is stopped where its size should be reached', async () => {
    const bomb = handMadeDocx(paragraph('x'.repeat(20_000_000)));
    expect(await refusal(lieAbout(bomb, 'word/document.xml', { uncompressedSize: 1_000 }))).toBe('unsafe');
  });

  it('with entities that grow, or that reach for a file, is refused', async () => {
    const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');
    const grow = handMadeDocx(paragraph('&l9;'), { prolog: `<!DOCTYPE d [<!ENTITY l0 "lol">${laughs}]>` });
    const reach = handMadeDocx(paragraph('&f;'), { prolog: '<!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/passwd">]>' });
    expect(await refusal(grow)).toBe('unsafe');
    expect(await refusal(reach)).toBe('unsafe');
  });

  it('that is nested without end is refused', async () => {
    const deep = `${'<w:tbl><w:tr><w:tc>'.repeat(50_000)}${'</w:tc></w:tr></w:tbl>'.repeat(50_000)}`;
    expect(await refusal(handMadeDocx(deep))).toBe('unsafe');
  });

  it('with names that leave the archive, or that stand twice, is refused', async () => {
    const evil = { '../../evil.xml': strToU8('<a/>') };
    expect(await refusal(handMadeDocx(paragraph('Текст'), { extra: evil }))).toBe('unsafe');
    expect(await refusal(handMadeDocx(paragraph('Текст'), { extra: { '/etc/evil.xml': strToU8('<a/>') } }))).toBe(
      'unsafe',
    );
    const twice = Buffer.from(handMadeDocx(paragraph('Текст'), { extra: { 'word/documenX.xml': strToU8('<a/>') } }));
    const renamed = Buffer.from(twice.toString('latin1').replaceAll('word/documenX', 'word/document'), 'latin1');
    expect(await refusal(new Uint8Array(renamed))).toBe('unsafe');
  });

  it('that is another kind of zip, or has no text, is named as such', async () => {
    expect(await refusal(zipSync({ 'xl/workbook.xml': strToU8('<workbook/>') }))).toBe('unsupported_format');
    expect(await refusal(handMadeDocx(''))).toBe('empty');
    expect(await refusal(zipSync({ 'ppt/presentation.xml': strToU8('<p/>') }))).toBe('empty');
    expect(await refusal(zipSync({ 'word/document.xml': strToU8('<p/>') }))).toBe('damaged');
  });
});

describe('a bad web page', () => {
  it('that is nested without end does no harm', async () => {
    expect(await refusal(utf8(`<!doctype html>${'<div>'.repeat(50_000)}Text of the page.`))).toBe('unsafe');
  });

  it('with nothing but scripts is empty', async () => {
    expect(await refusal(utf8('<html><body><script>document.write("text")</script></body></html>'))).toBe('empty');
  });
});

it('a plan without a type does not get it by another name', async () => {
  const pdf = await writePdf(book);
  const read = parseDocument(pdf, { name: 'notes.txt', type: 'txt' }, { types: ['txt', 'md'] });
  await expect(read).rejects.toMatchObject({ reason: 'not_in_plan' });
});

it('whatever is broken in a document, it is read or refused with a reason', async () => {
  const documents = [await writeDocx(book), await writePptx(book), await writePdf(book)];
  const damage = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat({ max: 255 })), {
    maxLength: 40,
  });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...documents), damage, async (document, bytes) => {
      const broken = document.slice();
      for (const [place, byte] of bytes) broken[Math.floor(place * (broken.length - 1))] = byte;
      const reason = await refusal(broken);
      expect(reason === null || DOCUMENT_ERROR_REASONS.includes(reason)).toBe(true);
    }),
    { numRuns: 40 },
  );
});

it('a file as large as any plan allows does not harm the reader, whatever is in it', async () => {
  const reader = createDocumentReader({ timeoutMs: 20_000, memoryMb: 128 });
  const large = new Uint8Array(100 * 1024 * 1024).fill(0x61);
  const read = reader.read(large, { name: 'large.txt', type: 'txt' }).catch((error: unknown) => error);
  expect(await read).toBeInstanceOf(DocumentError);
  expect(await reader.read(utf8('# A\n\nText.'), { name: 'a.md', type: 'md' })).toMatchObject({ type: 'md' });
  await reader.close();
});
