import { expect, it } from 'vitest';
import { meanReciprocalRank, rankOf, recallAt } from './recall.ts';

it('an answer is found by its words, across line ends, at its place', () => {
  const found = [{ text: 'Bees fly.' }, { text: 'Honey is\nripe when capped.' }];
  expect(rankOf({ question: '', answer: 'Honey is ripe' }, found)).toBe(2);
  expect(rankOf({ question: '', answer: 'Honey ripe' }, found)).toBeNull();
  expect(rankOf({ question: '', answer: 'Bees' }, [])).toBeNull();
});

it('recall counts the first k only, and the mean of the ranks counts how far up they are', () => {
  const ranks = [1, 2, 5, 6, null];
  expect(recallAt(5, ranks)).toBe(0.6);
  expect(recallAt(1, ranks)).toBe(0.2);
  expect(meanReciprocalRank([1, 2, null, 4])).toBe(0.4375);
});
