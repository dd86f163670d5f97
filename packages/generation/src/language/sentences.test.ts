import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { splitSentences } from './sentences.ts';

const split = (text: string, language = 'ru') =>
  splitSentences(text, language).map(({ start, end }) => text.slice(start, end));

vi.setConfig({ testTimeout: 60_000 });

describe('splitSentences', () => {
  it('does not end a sentence at abbreviations and initials', () => {
    expect(split('Это т. е. пример. См. рис. 1 и стих А. С. Пушкина. Да! В 2020 г. было иначе. И т. д.')).toEqual([
      'Это т. е. пример.',
      'См. рис. 1 и стих А. С. Пушкина.',
      'Да!',
      'В 2020 г. было иначе.',
      'И т. д.',
    ]);
    expect(split('See Fig. 2, e.g. the left side. Dr. Smith agrees. Is it so? Yes.', 'en')).toEqual([
      'See Fig. 2, e.g. the left side.',
      'Dr. Smith agrees.',
      'Is it so?',
      'Yes.',
    ]);
  });

  it('loses nothing but white space between sentences', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('а', 'Б', 'г', '.', ' ', '!', '1', '«', '\n', '。') }), (text) => {
        let reached = 0;
        for (const { start, end } of splitSentences(text, 'ru')) {
          expect(text.slice(reached, start).trim()).toBe('');
          expect(end).toBeGreaterThan(start);
          reached = end;
        }
        expect(text.slice(reached).trim()).toBe('');
      }),
    );
  });
});
