import type { Passage } from '@megacampus/generation/engine';
import { describe, expect, it } from 'vitest';
import { citationValidity, duplicateRate, headingCoverage, ratioOf } from './metrics.ts';

const passage = (id: string, headingPath: string[], text = `Text of ${id}.`, documentId = 'd'): Passage => ({
  id,
  documentId,
  documentName: `${documentId}.md`,
  headingPath,
  page: null,
  text,
  start: 0,
  end: text.length,
  position: 0,
});
const citing = (...citations: [passageId: string, quote: string][]) => ({
  citations: citations.map(([passageId, quote]) => ({ passageId, quote })),
});

describe('headingCoverage', () => {
  const book = [passage('a', ['Book', 'A']), passage('b', ['Book', 'B', 'B1']), passage('c', ['Book', 'B', 'B2'])];

  it('counts a heading when a passage below it is cited, at any depth', () => {
    expect(headingCoverage(book, [citing(['c', 'Text'])])).toEqual({ part: 3, whole: 5 });
    expect(headingCoverage(book, [citing(['a', 'Text']), citing(['b', 'Text'], ['c', 'Text'])])).toEqual({
      part: 5,
      whole: 5,
    });
  });

  it('is nothing without citations, and does not count a passage that is not there', () => {
    expect(headingCoverage(book, [citing(), citing(['x', 'Text'])])).toEqual({ part: 0, whole: 5 });
  });

  it('takes headings of the same name in two places, or two documents, for two', () => {
    const twice = [passage('a', ['A', 'Notes']), passage('b', ['B', 'Notes']), passage('c', ['A', 'Notes'], 't', 'e')];
    expect(headingCoverage(twice, [citing(['a', 'Text'])])).toEqual({ part: 2, whole: 6 });
  });
});

describe('citationValidity', () => {
  const passages = [passage('a', [], 'Bees need water. They fly.'), passage('b', [], 'Honey is ripe.')];

  it('wants the very characters, in the very passage', () => {
    const lessons = [
      citing(['a', 'Bees need water.'], ['a', 'bees need water.'], ['b', 'They fly.']),
      citing(['x', 'Honey is ripe.'], ['b', ' '], ['b', 'Honey is ripe.']),
    ];
    expect(citationValidity(passages, lessons)).toEqual({ part: 2, whole: 6 });
  });

  it('holds silence against a lesson that has sources, and against no other', () => {
    expect(citationValidity(passages, [citing(['a', 'They fly.']), citing()])).toEqual({ part: 1, whole: 2 });
    expect(citationValidity([], [citing()])).toEqual({ part: 0, whole: 0 });
  });
});

describe('duplicateRate', () => {
  const ten = 'one two three four five six seven eight nine ten';

  it('is nothing for texts of their own, and half for the same text twice', () => {
    expect(duplicateRate([{ markdown: ten }, { markdown: 'раз два три четыре пять шесть семь' }])).toEqual({
      part: 0,
      whole: 7,
    });
    expect(duplicateRate([{ markdown: ten }, { markdown: ten }])).toEqual({ part: 5, whole: 10 });
  });

  it('sees through capitals, markup and citation marks, within a lesson too', () => {
    const again = `One **two** three four, [^1] five six. Then: one two three four five six[^2]`;
    expect(duplicateRate([{ markdown: again }])).toEqual({ part: 1, whole: 8 });
  });

  it('does not take five words in a row for a repetition', () => {
    expect(duplicateRate([{ markdown: 'one two three four five' }, { markdown: ten }]).part).toBe(0);
  });
});

it('a share of nothing is whole', () => {
  expect(ratioOf({ part: 0, whole: 0 })).toBe(1);
  expect(ratioOf({ part: 1, whole: 4 })).toBe(0.25);
});
