import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { chunkDocument } from './chunk-document.ts';
import type { Chunk, ParsedDocument } from './document.ts';
import { markdownDocument } from './parsers/markdown.ts';
import { plainTextToMarkdown } from './parsers/plain-text.ts';

vi.setConfig({ testTimeout: 60_000 });

const chunksOf = (text: string) => chunkDocument(markdownDocument('md', text));
const sentence = 'Таблица хранит строки, а строка описывает один предмет из области, о которой идёт речь. ';

const word = fc.constantFrom(
  'слово',
  'database',
  'Ключ',
  'a',
  '—',
  '1.',
  '-',
  '#',
  '>',
  '|',
  '```',
  '[^1]',
  '<b>',
  '*',
  '\u00a0',
  '𝒳',
  '。',
);
const line = fc.array(word, { maxLength: 14 }).map((words) => words.join(' '));
const block = fc.oneof(
  { weight: 4, arbitrary: fc.array(line, { maxLength: 4 }).map((lines) => lines.join('\n')) },
  fc.nat({ max: 40 }).map((times) => sentence.repeat(times)),
  fc.tuple(fc.integer({ min: 1, max: 6 }), line).map(([level, title]) => `${'#'.repeat(level)} ${title}`),
  fc.nat({ max: 300 }).map((rows) => `| a | b |\n|---|---|\n${'| cell one | cell two |\n'.repeat(rows)}`),
  fc.nat({ max: 300 }).map((items) => '- an item of the list\n'.repeat(items)),
  fc.nat({ max: 5_000 }).map((length) => 'x'.repeat(length)),
  fc.string({ unit: 'binary' }),
);
const document = fc.array(block, { maxLength: 12 }).map((blocks) => blocks.join('\n\n').replace(/\r\n?/g, '\n'));

/** Ranges ascend and fit the text, and only white space is outside of them: nothing is lost, nothing is twice. */
function expectWhole(parsed: ParsedDocument, chunks: readonly Chunk[]) {
  let reached = 0;
  for (const [index, chunk] of chunks.entries()) {
    expect(chunk.position).toBe(index);
    expect(chunk.text).toBe(parsed.text.slice(chunk.start, chunk.end));
    expect(chunk.text.trim()).not.toBe('');
    expect(chunk.start).toBeGreaterThanOrEqual(reached);
    expect(parsed.text.slice(reached, chunk.start).trim()).toBe('');
    reached = chunk.end;
  }
  expect(parsed.text.slice(reached).trim()).toBe('');
}

describe('chunkDocument', () => {
  it('loses and repeats nothing of any Markdown', () => {
    fc.assert(
      fc.property(document, (text) => {
        const parsed = markdownDocument('md', text);
        expectWhole(parsed, chunkDocument(parsed));
      }),
      { numRuns: 100 },
    );
  });

  it('loses and repeats nothing of any plain text, and the text keeps its words', () => {
    fc.assert(
      fc.property(document, (text) => {
        const parsed = markdownDocument('txt', plainTextToMarkdown(text));
        expectWhole(parsed, chunkDocument(parsed));
        const words = (source: string) => source.match(/слово|database|Ключ/g)?.length ?? 0;
        expect(words(parsed.text)).toBe(words(text));
      }),
      { numRuns: 60 },
    );
  });

  it('never grows past the largest passage, nor cuts inside a character', () => {
    fc.assert(
      fc.property(fc.nat({ max: 4_000 }), (length) => {
        for (const chunk of chunksOf('𝒳'.repeat(length))) {
          expect(chunk.text.length).toBeLessThanOrEqual(1_600);
          expect(chunk.text.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('starts a passage at each heading and gives it the way there', () => {
    const chunks = chunksOf('Intro.\n\n# A\n\n## B\n\nText b.\n\n## C\n\nText c.\n\n# D\n\nText d.');
    expect(chunks.map(({ headingPath, text }) => [headingPath.join(' / '), text])).toEqual([
      ['', 'Intro.'],
      ['A / B', '# A\n\n## B\n\nText b.'],
      ['A / C', '## C\n\nText c.'],
      ['D', '# D\n\nText d.'],
    ]);
  });

  it('cuts long text at the end of a sentence into passages of a sensible size', () => {
    const chunks = chunksOf(`# A\n\n${sentence.repeat(60)}`);
    expect(chunks.length).toBeGreaterThan(4);
    for (const chunk of chunks) {
      expect(chunk.text.endsWith('.')).toBe(true);
      expect(chunk.text.length).toBeGreaterThan(250);
    }
  });

  it('keeps a lead-in with its list, and a table whole', () => {
    const table = `| имя | тип |\n|---|---|\n${'| поле | строка |\n'.repeat(100)}`.trim();
    const chunks = chunksOf(`${sentence.repeat(10)}\n\nВиды таковы:\n\n- раз\n- два\n\n${table}`);
    expect(chunks.some(({ text }) => text.includes('Виды таковы:\n\n- раз\n- два'))).toBe(true);
    expect(chunks.some(({ text }) => text.includes(table))).toBe(true);
  });
});
