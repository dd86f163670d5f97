import { expect, test } from 'vitest';
import { Fault, isRetryable, PermanentFault, UnavailableFault } from './errors.ts';

test('a fault is known for what it is by another copy of this module, as in a bundled app', async () => {
  const copy = (await import(`./errors.ts?${'copy'}`)) as typeof import('./errors.ts');
  expect(copy.UnavailableFault).not.toBe(UnavailableFault);
  const foreign = new copy.UnavailableFault('redis');
  expect(foreign instanceof UnavailableFault).toBe(true);
  expect(foreign instanceof Fault).toBe(true);
  expect(foreign instanceof PermanentFault).toBe(false);
  expect(new copy.PermanentFault('no') instanceof PermanentFault).toBe(true);
  expect(new copy.PermanentFault('no') instanceof UnavailableFault).toBe(false);
  expect(isRetryable(new copy.PermanentFault('no'))).toBe(false);
});

test('other values are no faults, and a subclass is only what is made of it', () => {
  class Special extends PermanentFault {}
  for (const value of [new Error('x'), null, undefined, 'Fault', {}]) expect(value instanceof Fault).toBe(false);
  expect(new Fault('internal', 'x', { retry: true }) instanceof UnavailableFault).toBe(false);
  expect(new PermanentFault('x') instanceof Special).toBe(false);
  expect(new Special('x') instanceof Special).toBe(true);
  expect(new Special('x') instanceof PermanentFault).toBe(true);
});
