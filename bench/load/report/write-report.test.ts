import { expect, test } from 'vitest';
import { replaceBetween } from './write-report.ts';

test('only what stands between the marks is replaced', () => {
  const once = replaceBetween('# Performance\n\n## Faults\n\nText\n', 'first');
  const twice = replaceBetween(`${once}\nafter\n`, 'second');
  expect(once).toContain('# Performance\n\n## Faults\n\nText\n\n<!--');
  expect(twice).toBe(`${once.replace('first', 'second')}\nafter\n`);
});
