import { expect, it } from 'vitest';
import { extractJson } from './json.ts';

it.each([
  ['plain', '{"a":1}'],
  ['in a fence', 'Sure:\n```json\n{"a":1}\n```\nHope this helps'],
  ['after thoughts', '<think>{"a":2} or not</think>{"a":1}'],
  ['with a comma too many', '{"a":1,}'],
  ['in prose', 'Here it is: {"a":1} — done.'],
])('reads an object %s', (_, text) => {
  expect(extractJson(text)).toEqual({ value: { a: 1 } });
});

it('reads a line break inside of a string, and leaves commas in strings alone', () => {
  expect(extractJson('{"a":"one\ntwo, }"}')).toEqual({ value: { a: 'one\ntwo, }' } });
});

it.each(['', 'no', '{"a":"half', '[', '"text"', '5'])('invents nothing for %j', (text) => {
  expect(extractJson(text)).toHaveProperty('problem');
});
