import { expect, test } from 'vitest';
import { type DiffLine, diffTexts } from './text-diff.ts';

/** As a reader sees it: `-`, `+` or a space before the line, changed words in brackets. */
const shown = (lines: DiffLine[]) =>
  lines.map((line) => {
    if (line.kind === 'skipped') return `… ${line.count}`;
    const mark = { same: ' ', removed: '-', added: '+' }[line.kind];
    return mark + line.parts.map(({ text, isChanged }) => (isChanged ? `[${text}]` : text)).join('');
  });

test('a changed line shows the words that changed, and what is far from it is left out', () => {
  const before = ['a', 'b', 'c', 'd', 'Кошка спит дома', 'e', 'f', 'g'].join('\n');
  const after = before.replace('спит', 'ест');
  expect(shown(diffTexts(before, after))).toEqual([
    '… 2',
    ' c',
    ' d',
    '-Кошка [спит] дома',
    '+Кошка [ест] дома',
    ' e',
    ' f',
    '… 1',
  ]);
});

test('added and removed lines, and an end without a line break', () => {
  expect(shown(diffTexts('a\nb', 'a\nb\nc'))).toEqual([' a', ' b', '+c']);
  expect(shown(diffTexts('a\nb\n', 'b'))).toEqual(['-a', ' b']);
  expect(diffTexts('a', 'a')).toEqual([]);
});

test('many lines against few are compared as wholes', () => {
  expect(shown(diffTexts('раз', 'два\nтри'))).toEqual(['-раз', '+два', '+три']);
});

test('a whole lesson that is replaced does not take long', () => {
  const text = (word: string) => Array.from({ length: 2_000 }, (_, line) => `${word} ${line}`).join('\n');
  expect(diffTexts(text('старое'), text('новое')).length).toBe(4_000);
});
