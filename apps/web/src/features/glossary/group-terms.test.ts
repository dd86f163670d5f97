import { expect, test } from 'vitest';
import { groupTerms, searchTerms } from './group-terms.ts';

const term = (name: string, definition = '') => ({ term: name, definition });

test('terms stand under their first letter, in the order of the language', () => {
  const groups = groupTerms([term('ёмкость'), term('яблоко'), term('Елка'), term('SQL'), term('3NF')], 'ru');
  expect(groups.map(({ letter }) => letter)).toEqual(['#', 'Е', 'Ё', 'Я', 'S']);
});

test('a search finds all its words, whatever their case and accents', () => {
  const terms = [term('Нормальная форма', 'свойство отношения'), term('Café', 'place')];
  expect(searchTerms(terms, ' ФОРМА отнош ', 'ru')).toEqual([terms[0]]);
  expect(searchTerms(terms, 'cafe', 'en')).toEqual([terms[1]]);
  expect(searchTerms(terms, '', 'en')).toEqual(terms);
  expect(searchTerms(terms, 'нет', 'ru')).toEqual([]);
});
