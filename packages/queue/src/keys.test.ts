import { expect, it } from 'vitest';
import { createKeys } from './keys.ts';

it('puts every key and channel under one hash tag, so that a cluster keeps them together', () => {
  const { tag, userSlots, courseSlot, progressChannel, ...plain } = createKeys();
  const names = [...Object.values(plain), userSlots('u'), courseSlot('c'), progressChannel('c')];
  expect(tag).toBe('{coursegen}');
  for (const name of names) expect(name).toMatch(/^\{coursegen\}:/);
  expect(new Set(names).size).toBe(names.length);
});

it.each(['', 'coursegen', '{}', '{a', '{a}{b}', 'x{a}'])('refuses the tag "%s"', (tag) => {
  expect(() => createKeys(tag)).toThrow(TypeError);
});
