import { describe, expect, it, vi } from 'vitest';
import { type Book, type Piece, sampleBook } from './fixtures/book.ts';
import { encodeAs } from './fixtures/encode-as.ts';
import { handMadeDocx, paragraph } from './fixtures/office-zip.ts';
import { writeDocx } from './fixtures/write-docx.ts';
import { writeHtml } from './fixtures/write-html.ts';
import { writePdf } from './fixtures/write-pdf.ts';
import { parseDocument } from './parse-document.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Formats are found by content, so the name and the type say something else. */
const read = (bytes: Uint8Array) => parseDocument(bytes, { name: 'document.txt', type: 'txt' });
const html = (text: string) => read(new TextEncoder().encode(text));

const book = (...pieces: Piece[]): Book => ({ language: 'en', title: 'Title', pieces });
const plain = (text: string) => text.replace(/^#+ /gm, '').replace(/\n{2,}/g, '\n');
/** What a book says, as each format should give it back: nothing lost, nothing added, in this order. */
const expected = async (source: Book) => plain((await read(await writeDocx(source))).text);

describe('PDF', () => {
  const prose = sampleBook('en')
    .pieces.filter(({ kind }) => kind === 'paragraph')
    .slice(0, 8);

  it('reads columns one after the other', async () => {
    const text = prose.map((piece) => (piece.kind === 'paragraph' ? piece.text : '')).join(' ');
    const source = book({ kind: 'heading', level: 1, text: 'Two columns' }, { kind: 'paragraph', text });
    const parsed = await read(await writePdf(source, { columns: 2 }));
    expect(plain(parsed.text)).toBe(await expected(source));
  });

  it('knows bold lines in the size of the text for headings', async () => {
    const source = book({ kind: 'heading', level: 5, text: 'A bold line' }, ...prose.slice(0, 2));
    const [first] = (await read(await writePdf(source))).blocks;
    expect(first).toMatchObject({ kind: 'heading', title: 'A bold line' });
  });

  it('gives each block the page it begins on', async () => {
    const { blocks } = await read(await writePdf(sampleBook('ru')));
    const pages = blocks.map(({ page }) => page ?? 0);
    expect(pages[0]).toBe(1);
    expect(pages.at(-1)).toBeGreaterThan(4);
    expect(pages).toEqual(pages.toSorted((a, b) => a - b));
  });
});

describe('Word', () => {
  it('keeps a footnote with the paragraph that has it', async () => {
    const source = book({ kind: 'paragraph', text: 'First.' }, { kind: 'paragraph', text: 'Second.' });
    expect((await read(await writeDocx(source, { note: 'A note.' }))).text).toBe('First.\n\nA note.\n\nSecond.');
  });

  it('knows the headings of a template by their level, and leaves out the table of contents', async () => {
    const styles = `<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
      <w:style w:type="paragraph" w:styleId="Гл1"><w:name w:val="Наша глава"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
      <w:style w:type="paragraph" w:styleId="Own2"><w:name w:val="Own"/><w:basedOn w:val="Гл1"/></w:style>
      <w:style w:type="paragraph" w:styleId="11"><w:name w:val="toc 1"/></w:style></w:styles>`;
    const relations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
      <Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`;
    const styled = (style: string, text: string) =>
      `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;
    const utf8 = (text: string) => new TextEncoder().encode(text);
    const docx = handMadeDocx(
      `${styled('11', 'Chapter 7')}${styled('Гл1', 'One')}${styled('Own2', 'Two')}${paragraph('Text.')}`,
      {
        extra: { 'word/styles.xml': utf8(styles), 'word/_rels/document.xml.rels': utf8(relations) },
      },
    );
    expect((await read(docx)).text).toBe('## One\n\n## Two\n\nText.');
  });
});

describe('HTML', () => {
  it('believes the page about its encoding, unless the bytes say otherwise', async () => {
    const page = writeHtml(sampleBook('ru'), { charset: 'koi8-r' });
    const koi8 = encodeAs(page.replace(/[—«»…–№]/g, '-'), 'koi8-r');
    expect((await read(koi8)).text).toContain('Введение в базы данных');
    expect((await html(page)).text).toContain('Введение в базы данных');
  });

  it('takes the main part where the page has one, its title where there is no heading', async () => {
    const parsed = await html(
      `<html><head><title>Bees</title></head><body><div>Advertisement of something</div>
       <main><header><p>By a keeper</p></header><p>A colony is one animal made of many.</p>
       <ul><li>queen<ul><li>lays eggs</li></ul></li><li>worker</li></ul><p style="display:none">HIDDEN</p></main></body></html>`,
    );
    expect(parsed.text).toBe(
      '# Bees\n\nBy a keeper\n\nA colony is one animal made of many.\n\n- queen\n  - lays eggs\n- worker',
    );
  });

  it('keeps code, tables without a head, and the words of links', async () => {
    const parsed = await html(
      '<h1>T</h1><p>See <a href="http://example.org/x">the <b>manual</b></a>.</p><pre><code>SELECT 1;</code></pre><table><tr><td>a</td><td>b</td></tr><tr><td>1</td><td>2</td></tr></table>',
    );
    expect(parsed.text).toBe('# T\n\nSee the **manual**.\n\n```\nSELECT 1;\n```\n\n| a | b |\n| - | - |\n| 1 | 2 |');
  });
});
