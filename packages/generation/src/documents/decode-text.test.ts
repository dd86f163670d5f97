import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { decodeText } from './decode-text.ts';
import { encodeAs } from './fixtures/encode-as.ts';

const RUSSIAN =
  'Охрана труда — это система сохранения жизни и здоровья работников.\nРаботодатель обязан обучать людей.';

vi.setConfig({ testTimeout: 60_000 });

describe('decodeText', () => {
  it.each(['windows-1251', 'koi8-r', 'ibm866', 'iso-8859-5', 'utf-8', 'utf-16le', 'utf-16be'])(
    'reads Russian in %s',
    (encoding) => {
      const text =
        encoding === 'iso-8859-5' || encoding === 'ibm866' || encoding === 'koi8-r'
          ? RUSSIAN.replace('—', '-')
          : RUSSIAN;
      expect(decodeText(encodeAs(text, encoding))?.text).toBe(text);
    },
  );

  it.each([
    ['Привет', 'windows-1251'],
    ['Привет', 'koi8-r'],
    ['ПРИКАЗ ПО ОРГАНИЗАЦИИ', 'windows-1251'],
    ['ПРИКАЗ ПО ОРГАНИЗАЦИИ', 'koi8-r'],
    ['SELECT * FROM users -- таблица пользователей', 'windows-1251'],
    ['SELECT * FROM users -- таблица пользователей', 'koi8-r'],
  ])('tells the Cyrillic encodings apart in a short text: %s in %s', (text, encoding) => {
    expect(decodeText(encodeAs(text, encoding))).toEqual({ text, encoding });
  });

  it('takes a Western text with accents for Western', () => {
    const text = 'Le café est ouvert. La leçon commence à dix heures, déjà répétée par les élèves.';
    expect(decodeText(encodeAs(text, 'windows-1252'))?.text).toBe(text);
  });

  it('honours a byte order mark and drops it', () => {
    const utf8 = new Uint8Array([0xef, 0xbb, 0xbf, ...new TextEncoder().encode('Текст')]);
    expect(decodeText(utf8)?.text).toBe('Текст');
    expect(decodeText(new Uint8Array([0xff, 0xfe, ...encodeAs('Text и текст', 'utf-16le')]))?.text).toBe(
      'Text и текст',
    );
    expect(decodeText(new Uint8Array([0xfe, 0xff, ...encodeAs('Text и текст', 'utf-16be')]))?.text).toBe(
      'Text и текст',
    );
  });

  it('turns every kind of line end into one', () => {
    expect(decodeText(new TextEncoder().encode('a\r\nb\rc\n'))?.text).toBe('a\nb\nc\n');
  });

  it('refuses binary data', () => {
    const noise = Uint8Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256);
    expect(decodeText(noise)).toBeNull();
  });

  it('reads any well-formed UTF-8 text as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const expected = text.replace(/\r\n?/g, '\n').replace(/^\uFEFF/, '');
        // Control characters make it binary, and zero bytes and a leading U+FEFF have a meaning of their own.
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters under test
        fc.pre(!/[\u0000-\u0008\u000e-\u001f\u007f\ufffd\ufeff]/.test(text));
        expect(decodeText(new TextEncoder().encode(text))?.text).toBe(expected);
      }),
    );
  });
});
