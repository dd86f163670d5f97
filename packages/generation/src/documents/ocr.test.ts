import { describe, expect, it, vi } from 'vitest';
import { createDocumentReader } from './document-reader.ts';
import { russianOcrData } from './fixtures/russian-ocr-data.ts';
import { writeScan } from './fixtures/write-scan.ts';
import { openOcr } from './ocr.ts';
import { parseDocument } from './parse-document.ts';

// Reading a picture takes seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

const file = { name: 'scan.pdf', type: 'pdf' } as const;
const english = ['A honey bee colony is one animal made of many.', 'The queen lays the eggs.'];
const russian = ['База данных хранит сведения о предметной области.', 'Таблица состоит из строк и столбцов.'];
const without = { openOcr: async () => null };

describe('a scanned PDF', () => {
  it('is read where pictures can be read, each page as a page', async () => {
    const parsed = await parseDocument(await writeScan([english, ['The second page is about honey.']]), file);
    expect(parsed.text).toContain('A honey bee colony is one animal made of many.');
    expect(parsed.blocks.find(({ start, end }) => parsed.text.slice(start, end).includes('second page'))?.page).toBe(2);
  });

  const data = russianOcrData();
  it.skipIf(data === null)('is read in Russian where the data of that language is installed', async () => {
    const parsed = await parseDocument(await writeScan([russian, english]), file, {
      openOcr: () => openOcr([data ?? '']),
    });
    expect(parsed.text).toContain('База данных хранит сведения о предметной области.');
    expect(parsed.text).toContain('The queen lays the eggs.');
  });

  it('is read within the process of the reader', async () => {
    const reader = createDocumentReader();
    const { chunks } = await reader.read(await writeScan([english]), file);
    expect(chunks[0]).toMatchObject({ page: 1, text: expect.stringContaining('honey bee colony') });
    await reader.close();
  });

  it('has no text where pictures cannot be read, and is too large where they are too many', async () => {
    await expect(parseDocument(await writeScan([english]), file, without)).rejects.toMatchObject({ reason: 'no_text' });
    const many = await writeScan(Array.from({ length: 41 }, () => []));
    await expect(parseDocument(many, file)).rejects.toMatchObject({ reason: 'too_large' });
  });

  it('with nothing to be read on it has no text', async () => {
    await expect(parseDocument(await writeScan([[]]), file)).rejects.toMatchObject({ reason: 'no_text' });
  });
});

it('without any language data there is nothing to read pictures with, but the package of English', async () => {
  const ocr = await openOcr(['/nowhere']);
  expect(ocr).not.toBeNull();
  await ocr?.close();
});
