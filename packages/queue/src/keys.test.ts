import { expect, it } from 'vitest';
import { createKeys } from './keys.ts';

it('puts every key and channel under one hash tag, so that a cluster keeps them together', () => {
  const { tag, ...keys } = createKeys();
  const names = Object.values(keys).map((key) => (typeof key === 'function' ? key('x') : key));
  expect(tag).toBe('{coursegen}');
  for (const name of names) expect(name).toMatch(/^\{coursegen\}:/);
  expect(new Set(names).size).toBe(names.length);
});

it.each(['', 'coursegen', '{}', '{a', '{a}{b}', 'x{a}'])('refuses the tag "%s"', (tag) => {
  expect(() => createKeys(tag)).toThrow(TypeError);
});
