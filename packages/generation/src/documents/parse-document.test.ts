import { DOCUMENT_ERROR_REASONS } from '@megacampus/domain/errors';
import { describe, expect, it } from 'vitest';
import { DocumentError } from './document-error.ts';
import { encodeAs } from './fixtures/encode-as.ts';
import { parseDocument } from './parse-document.ts';
import { plainTextToMarkdown } from './parsers/plain-text.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const parse = (text: string, name = 'notes.md') => parseDocument(utf8(text), { name, type: 'md' });

describe('parseDocument', () => {
  it('keeps headings, lists, tables and code as blocks with their ranges', async () => {
    const text =
      '# One *two*\n\nText.\n\n- a\n- b\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n```sql\nSELECT 1;\n```\n\n> quoted\n';
    const { blocks } = await parse(text);
    expect(blocks.map(({ kind }) => kind)).toEqual(['heading', 'paragraph', 'list', 'table', 'code', 'quote']);
    expect(blocks[0]).toMatchObject({ level: 1, title: 'One two', page: null });
    expect(text.slice(blocks[4]?.start, blocks[4]?.end)).toBe('```sql\nSELECT 1;\n```');
  });

  it('leaves out front matter, but not a rule at the top', async () => {
    expect((await parse('---\ntitle: X\ntags:\n  - y\n---\n\nText.')).text.trim()).toBe('Text.');
    expect((await parse('---\n\nText.\n\n---\n')).text).toContain('---\n\nText.');
  });

  it('detects the language of the content', async () => {
    expect((await parse('База данных хранит сведения о предметной области в таблицах.')).language).toBe('ru');
    expect((await parse('A database keeps the facts of some domain in tables.')).language).toBe('en');
    expect((await parse('42')).language).toBeNull();
  });

  it('tells Markdown from plain text by content when the name does not say', async () => {
    expect((await parse('# A\n\ntext\n\n## B\n\ntext', 'a.txt')).type).toBe('md');
    expect((await parse('Just a text, with no markup at all.', 'a.txt')).type).toBe('txt');
  });

  const fails = async (bytes: Uint8Array, name = 'file.md') =>
    parseDocument(bytes, { name, type: 'md' }, { maxSizeBytes: 1_000 }).catch((error: unknown) => error);

  it.each([
    ['empty', new Uint8Array()],
    ['empty', utf8(' \n\t\n')],
    ['empty', utf8('---\n\n***\n')],
    ['binary', Uint8Array.from({ length: 512 }, (_, index) => (index * 7919) % 256)],
    ['too_large', utf8('a'.repeat(1_001))],
    ['unsupported_format', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0)],
    ['unsupported_format', Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0)],
  ] as const)('says what is wrong with a document that is %s', async (reason, bytes) => {
    const error = await fails(bytes, 'Мой файл.md');
    expect(error).toBeInstanceOf(DocumentError);
    expect(error).toMatchObject({ reason, fileName: 'Мой файл.md', retry: false });
  });

  it('names the file and says what to do for every reason', () => {
    for (const reason of DOCUMENT_ERROR_REASONS) {
      const { message } = new DocumentError(reason, 'plan.md');
      expect(message).toMatch(/“plan\.md”.*(?:[Uu]pload|Save|Split)/);
    }
  });
});

describe('plain text', () => {
  it('finds chapters, numbered headings, lists and tables', () => {
    const text = [
      'Основы хранения данных',
      '',
      'Глава 1. Введение',
      '',
      'Первый абзац, который перенесён по сло-\nвам на две строки.',
      '',
      '1.1. Зачем это нужно',
      '',
      'Причины таковы:',
      '• первая;',
      '• вторая.',
      '',
      'Имя\tВозраст',
      'Анна\t30',
    ].join('\n');
    expect(plainTextToMarkdown(text)).toBe(
      [
        '# Основы хранения данных',
        '## Глава 1. Введение',
        'Первый абзац, который перенесён по словам на две строки.',
        '### 1.1. Зачем это нужно',
        'Причины таковы:',
        '- первая;\n- вторая.',
        '| Имя | Возраст |\n| - | - |\n| Анна | 30 |\n',
      ].join('\n\n'),
    );
  });

  it('takes each long line for a paragraph where there are no blank lines', () => {
    const line =
      'Это очень длинный абзац, набранный в текстовом редакторе одной строкой без переносов, как делают многие люди.';
    expect(plainTextToMarkdown(`${line}\n${line}`)).toBe(`${line}\n\n${line}\n`);
  });

  it('does not let characters of the text become markup', async () => {
    const text =
      'Считаем 2 * 3 * 4 и пишем snake_case_name.\n\n#метка это не заголовок, а просто текст\n\n    четыре пробела в начале';
    const parsed = await parseDocument(encodeAs(text, 'windows-1251'), { name: 'a.txt', type: 'txt' });
    expect(parsed.blocks.map(({ kind }) => kind)).toEqual(['paragraph', 'paragraph', 'paragraph']);
  });

  it('takes a numbered list with blank lines between for a list, not for headings', () => {
    expect(plainTextToMarkdown('Шаги\n\n1. Открыть дверь\n\n2. Закрыть дверь\n\n3. Уйти')).not.toMatch(/^#+ \d/m);
  });
});
