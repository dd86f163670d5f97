import { expect, test } from 'vitest';
import { parseTier, TIERS, tierPolicy } from './tiers.ts';

const MB = 1_048_576;
const ALL = ['pdf', 'docx', 'pptx', 'html', 'txt', 'md'];

/** Contract §2, by hand: the table in the code and the one in the database are only compared with each other. */
test.each([
  ['FREE', 1, 1, 0, 5, []],
  ['BASIC', 2, 3, 1, 10, ['txt', 'md']],
  ['STANDARD', 3, 5, 3, 10, ALL],
  ['TRIAL', 5, 5, 3, 10, ALL],
  ['PREMIUM', 5, 10, 10, 100, ALL],
] as const)(
  '%s: %i at once, weight %i, %i documents of up to %i MB',
  (tier, atOnce, weight, documents, size, types) => {
    expect(tierPolicy(tier)).toEqual({
      concurrentGenerations: atOnce,
      weight,
      documentsPerCourse: documents,
      maxFileSizeBytes: size * MB,
      documentTypes: types,
    });
  },
);

test('there are no other tiers', () => {
  expect(TIERS).toEqual(['FREE', 'BASIC', 'STANDARD', 'TRIAL', 'PREMIUM']);
});

test('a tier is read as it is stored', () => {
  expect(TIERS.map(parseTier)).toEqual(TIERS);
});

test.each([undefined, null, '', 'premium', ' PREMIUM', 'ADMIN', 'toString', '__proto__', 4, {}, ['PREMIUM']])(
  'what is no tier (%j) is FREE',
  (value) => {
    expect(parseTier(value)).toBe('FREE');
  },
);
