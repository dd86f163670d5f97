import { expect, it } from 'vitest';
import { joinLines } from './join-lines.ts';

it.each([
  ['кон-', 'фигурация сети', 'конфигурация сети'],
  ['кто-', 'то пришёл', 'кто-то пришёл'],
  ['по-', 'русски сказано', 'по-русски сказано'],
  ['Москва-', 'Сортировочная', 'Москва- Сортировочная'],
  ['inter-', 'national law', 'international law'],
  ['soft\u00ad', 'ware', 'software'],
  ['Testing/', 'Unstable', 'Testing/Unstable'],
  ['the folder /etc/', 'holds it', 'the folder /etc/ holds it'],
  ['plain text', 'goes on', 'plain text goes on'],
  ['', 'first', 'first'],
])('joins "%s" and "%s"', (head, tail, joined) => {
  expect(joinLines(head, tail)).toBe(joined);
});

it('keeps the hyphen of a word that the document writes with one', () => {
  expect(joinLines('a well-', 'known fact', new Set(['well-known']))).toBe('a well-known fact');
  expect(joinLines('a well-', 'known fact', new Set(['wellknown', 'well-known']))).toBe('a wellknown fact');
});
