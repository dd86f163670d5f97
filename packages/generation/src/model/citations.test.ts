import { expect, it } from 'vitest';
import type { Passage } from '../engine.ts';
import { renumber, settleCitations } from './citations.ts';

const text =
  'Поливают под\nкорень, утром — или вечером. Вода на «листьях» вызывает болезни у роз. В августе полив прекращают.';
const passage: Passage = {
  id: 'a',
  text,
  documentId: 'd',
  documentName: 'd.md',
  headingPath: [],
  page: null,
  start: 0,
  end: text.length,
  position: 0,
};
const labelled = new Map([['P1', passage]]);
const settle = (markdown: string, ...quotes: string[]) =>
  settleCitations(
    markdown,
    quotes.map((quote) => ({ passage: 'P1', quote })),
    labelled,
    'ru',
  );

it('a quotation with other white space, dashes or quotation marks becomes the exact text of the passage', () => {
  const { citations } = settle(
    'А. [^1] Б. [^2]',
    'Поливают под корень, утром - или вечером.',
    'Вода на "листьях" вызывает болезни',
  );
  expect(citations.map(({ quote }) => quote)).toEqual([
    'Поливают под\nкорень, утром — или вечером.',
    'Вода на «листьях» вызывает болезни',
  ]);
  for (const { quote } of citations) expect(text).toContain(quote);
});

it('one that is nearly a sentence becomes that sentence; one that is none is taken out with its mark', () => {
  const { markdown, citations, lost } = settle(
    'А. [^1] Б. [^2]',
    'вода, попавшая на листьях, вызывает болезни роз',
    'Розы любят музыку Моцарта по вечерам.',
  );
  expect(citations.map(({ quote }) => quote)).toEqual(['Вода на «листьях» вызывает болезни у роз.']);
  expect(markdown).toBe('А.[^1] Б.');
  expect(lost).toHaveLength(1);
});

it('marks are numbered in the order in which they stand, and marks without a citation vanish; code is left alone', () => {
  const { markdown, citations } = settle(
    'А. [^2] Б. [^1] В. [^7] `x[^1]`',
    'В августе полив прекращают.',
    'Вода на «листьях» вызывает болезни у роз.',
  );
  expect(markdown).toBe('А.[^1] Б.[^2] В. `x[^1]`');
  expect(citations[0]?.quote).toContain('Вода');
});

it('after a paragraph is gone the rest is numbered anew and its citation is dropped', () => {
  const citations = ['x', 'y', 'z'].map((quote) => ({ passageId: 'a', quote }));
  expect(renumber('Б.[^2] В.[^3] Б.[^2]', citations)).toEqual({
    markdown: 'Б.[^1] В.[^2] Б.[^1]',
    citations: citations.slice(1),
  });
});
