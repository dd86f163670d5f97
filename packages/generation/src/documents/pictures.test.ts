import { createRequire } from 'node:module';
import { Document, ImageRun, Packer, Paragraph } from 'docx';
import type pptxgenjs from 'pptxgenjs';
import { describe, expect, it, vi } from 'vitest';
import { writeScan } from './fixtures/write-scan.ts';
import type { Ocr } from './ocr.ts';
import { openOcr } from './ocr.ts';
import { parseDocument } from './parse-document.ts';
import { openPdf } from './pdf/open-pdf.ts';
import { drawPage } from './pdf/read-scan.ts';

// Reading a picture takes seconds on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

const PptxGenJS = createRequire(import.meta.url)('pptxgenjs') as typeof pptxgenjs.default;
const file = { name: 'mixed', type: 'pdf' } as const;
const english = ['The queen lays the eggs of the colony.'];
const text = {
  text: 'A colony of honey bees lives in a hive. Workers build the combs, feed the brood and guard the entrance. '.repeat(
    4,
  ),
};
const without = { openOcr: async () => null };

/** A PNG with these lines on it. */
async function pictureOf(lines: readonly string[]): Promise<Buffer> {
  const pdf = await openPdf(await writeScan([lines]), 'picture');
  const picture = Buffer.from(await drawPage(pdf, await pdf.getPage(1)));
  await pdf.loadingTask.destroy();
  return picture;
}

/** Only its head is looked at before it is read. */
const tinyPicture = () => {
  const head = Buffer.alloc(64);
  head.writeUInt32BE(0x89504e47, 0);
  head.writeUInt32BE(32, 16);
  head.writeUInt32BE(32, 20);
  return head;
};

async function docxWith(pictures: readonly Buffer[]): Promise<Uint8Array> {
  const runs = pictures.map(
    (data) =>
      new Paragraph({ children: [new ImageRun({ type: 'png', data, transformation: { width: 300, height: 200 } })] }),
  );
  const children = [new Paragraph(text.text), ...runs, new Paragraph('The last paragraph.')];
  return new Uint8Array(await Packer.toBuffer(new Document({ sections: [{ children }] })));
}

async function pptxWith(pictures: readonly Buffer[]): Promise<Uint8Array> {
  const deck = new PptxGenJS();
  deck.addSlide().addText(text.text, { x: 1, y: 1, w: 8, h: 2 });
  for (const picture of pictures) {
    deck.addSlide().addImage({ data: `data:image/png;base64,${picture.toString('base64')}`, x: 1, y: 1, w: 4, h: 3 });
  }
  return (await deck.write({ outputType: 'uint8array' })) as Uint8Array;
}

describe('a PDF with text and scanned pages', () => {
  it('names the pages that were not read, but no empty page', async () => {
    const bytes = await writeScan([text, english, text, [], english, english]);
    const parsed = await parseDocument(bytes, file, without);
    expect(parsed.unread).toEqual({ pages: [2, 5, 6], pictures: 0 });
    expect(parsed.text).not.toContain('queen');
    expect((await parseDocument(await writeScan([text, text]), file, without)).unread).toBeUndefined();
  });

  it('has them read in their place where pictures can be read', async () => {
    const parsed = await parseDocument(await writeScan([text, english, text]), file);
    expect(parsed.unread).toBeUndefined();
    expect(parsed.blocks.map(({ page }) => page)).toEqual([1, 2, 3]);
    expect(parsed.text).toContain('The queen lays the eggs of the colony.');
  });

  it('reads no more pages than there is patience for, and names the others', async () => {
    const asked: number[] = [];
    const counting: Ocr = { read: async () => `Page text ${asked.push(1)}`, close: async () => undefined };
    const scans = Array.from({ length: 43 }, () => english);
    // Small pages are drawn sooner.
    const bytes = await writeScan([text, text, text, text, ...scans], [600, 300]);
    const { unread } = await parseDocument(bytes, file, { openOcr: async () => counting });
    expect(asked).toHaveLength(40);
    expect(unread?.pages).toEqual([45, 46, 47]);
  });
});

describe('pictures in office documents', () => {
  it('are counted where they can not be read; icons are not', async () => {
    const picture = await pictureOf(english);
    for (const bytes of [await docxWith([picture, tinyPicture()]), await pptxWith([picture, tinyPicture()])]) {
      const parsed = await parseDocument(bytes, file, without);
      expect(parsed.unread).toEqual({ pages: [], pictures: 1 });
    }
  });

  it('are read after the text that they stand in', async () => {
    const picture = await pictureOf(english);
    const ocr = await openOcr();
    const keep: Ocr = { read: async (bytes) => (await ocr?.read(bytes)) ?? '', close: async () => undefined };
    const reading = { openOcr: async () => keep };
    const docx = await parseDocument(await docxWith([picture]), file, reading);
    expect(docx.text).toMatch(/entrance\.\s+The queen lays the eggs of the colony\.\s+The last paragraph\./);
    const pptx = await parseDocument(await pptxWith([picture]), file, reading);
    expect(pptx.blocks.at(-1)?.page).toBe(2);
    expect(pptx.text).toContain('The queen lays the eggs of the colony.');
    await ocr?.close();
  });
});
