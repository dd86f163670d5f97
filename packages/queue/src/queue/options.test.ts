import { expect, it } from 'vitest';
import { LONGEST_DELAY_MS } from './options.ts';

it('a job that was put off is back within the 15 s that a recovery may take, with time to be taken up', () => {
  expect(LONGEST_DELAY_MS).toBeLessThanOrEqual(10_000);
});
