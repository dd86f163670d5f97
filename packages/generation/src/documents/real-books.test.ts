import { unzipSync } from 'fflate';
import { describe, expect, it, vi } from 'vitest';
import { chunkDocument } from './chunk-document.ts';
import type { ParsedDocument } from './document.ts';
import { debianHandbook, type Piece } from './fixtures/book.ts';
import { writeDocx } from './fixtures/write-docx.ts';
import { writeHtml } from './fixtures/write-html.ts';
import { writePdf } from './fixtures/write-pdf.ts';
import { writePptx } from './fixtures/write-pptx.ts';
import { parseDocument } from './parse-document.ts';

// Making and reading books takes a while on a busy machine.
vi.setConfig({ testTimeout: 240_000 });

/** The format is found by content, so the name and the type say something else. */
const read = (bytes: Uint8Array) => parseDocument(bytes, { name: 'book.txt', type: 'txt' });
const headingsOf = ({ blocks }: ParsedDocument) =>
  blocks.flatMap(({ level, title }) => (level === null ? [] : [`${level} ${title}`]));
/** Without what Markdown adds. */
const wordsOf = (text: string) => text.replace(/\\/g, '').match(/[\p{L}\p{N}]+/gu) ?? [];

function expectOrderedRanges(parsed: ParsedDocument) {
  let reached = 0;
  for (const { start, end } of parsed.blocks) {
    expect(parsed.text.slice(reached, start).trim()).toBe('');
    reached = end;
  }
  expect(parsed.text.slice(reached).trim()).toBe('');
  const chunks = chunkDocument(parsed);
  expect(chunks.every(({ text, start, end }) => text === parsed.text.slice(start, end))).toBe(true);
  const pages = chunks.map(({ page }) => page ?? 0);
  expect(pages).toEqual(pages.toSorted((a, b) => a - b));
}

/** The largest share of words that one text has more often than the other. */
function difference(one: readonly string[], other: readonly string[]): number {
  const counts = new Map<string, number>();
  for (const word of one) counts.set(word, (counts.get(word) ?? 0) + 1);
  for (const word of other) counts.set(word, (counts.get(word) ?? 0) - 1);
  return [...counts.values()].reduce((sum, count) => sum + Math.abs(count), 0) / Math.max(1, one.length);
}

describe.each([
  ['ru', 170],
  ['en', 300],
] as const)('the Debian handbook in %s', (language, pages) => {
  const book = debianHandbook(language);
  const headings = book.pieces.flatMap((piece) => (piece.kind === 'heading' ? [`${piece.level} ${piece.text}`] : []));
  const textOf = (piece: Piece) =>
    piece.kind === 'list' ? piece.items.join(' ') : piece.kind === 'table' ? piece.rows.flat().join(' ') : piece.text;
  const words = wordsOf(book.pieces.map(textOf).join(' '));
  const counted = (kind: Piece['kind']) => book.pieces.filter((piece) => piece.kind === kind).length;

  it(`is read from a PDF of more than ${pages} pages: headings, pages, divided words, no heads and feet`, async () => {
    const placed = new Map<string, number>();
    const onPlaced = (piece: Piece, page: number) => {
      if (piece.kind === 'heading') placed.set(piece.text, page);
    };
    const header = 'STANDS ON EVERY PAGE';
    const parsed = await read(await writePdf(book, { header, hyphenate: true, textSize: 11, onPlaced }));
    expect(parsed).toMatchObject({ type: 'pdf', language });
    expect(parsed.blocks.at(-1)?.page).toBeGreaterThan(pages);
    // A line may be parted inside a path: “/etc/ shadow”.
    expect(headingsOf(parsed).map((title) => title.replace('/ ', '/'))).toEqual(headings);
    for (const { title, page } of parsed.blocks) {
      if (title !== '') expect([title, page]).toEqual([title, placed.get(title.replace('/ ', '/'))]);
    }
    expect(parsed.text).not.toContain(header);
    // Words with a hyphen of their own at a line's end can't all be told from divided ones.
    expect(difference(words, wordsOf(parsed.text))).toBeLessThan(0.001);
    expect(parsed.blocks.filter(({ kind }) => kind === 'table').length).toBeGreaterThanOrEqual(counted('table') - 1);
    expect(parsed.blocks.filter(({ kind }) => kind === 'list').length).toBeGreaterThan(counted('list') * 0.9);
    expectOrderedRanges(parsed);
  });

  it('is read whole from a Word document and from a web page, and nothing of the site comes in', async () => {
    const html = new TextEncoder().encode(writeHtml(book));
    for (const parsed of [await read(await writeDocx(book)), await read(html)]) {
      expect(parsed.language).toBe(language);
      expect(headingsOf(parsed)).toEqual(headings);
      // The numbers of ordered lists are all that is added.
      expect(difference(words, wordsOf(parsed.text))).toBeLessThan(0.0003);
      expect(parsed.blocks.filter(({ kind }) => kind === 'table')).toHaveLength(counted('table'));
      expectOrderedRanges(parsed);
    }
  });

  it('is read from a presentation of more than 800 slides, each title from its own slide', async () => {
    const bytes = await writePptx(book);
    const parsed = await read(bytes);
    expect(parsed).toMatchObject({ type: 'pptx', language });
    expect(parsed.blocks.at(-1)?.page).toBeGreaterThan(800);
    const slides = unzipSync(bytes, { filter: ({ name }) => /^ppt\/slides\/slide\d+\.xml$/.test(name) });
    const plain = (xml: string) =>
      xml
        .replace(/<[^>]+>/g, ' ')
        .replace(/&(?:apos|#39);/g, "'")
        .replaceAll('&amp;', '&');
    for (const { title, page } of parsed.blocks.filter((_, index) => index % 25 === 0)) {
      const slide = new TextDecoder().decode(slides[`ppt/slides/slide${page}.xml`]);
      expect(wordsOf(plain(slide)).join(' ')).toContain(wordsOf(title).join(' '));
    }
    expect(parsed.blocks.filter(({ kind }) => kind === 'table')).toHaveLength(counted('table'));
    const said = ` ${wordsOf(parsed.text).join(' ')} `;
    const isLost = (piece: Piece) => piece.kind === 'paragraph' && !said.includes(` ${wordsOf(piece.text).join(' ')} `);
    expect(book.pieces.filter(isLost)).toEqual([]);
    expectOrderedRanges(parsed);
  });
});
