import { UnavailableFault } from '@megacampus/domain/errors';
import { describe, expect, it } from 'vitest';
import { createBudget } from './budget.ts';

const never = new Promise<never>(() => undefined);

describe('budget', () => {
  it('turns a call that does not answer into UnavailableFault, within its own bound', async () => {
    const started = performance.now();
    await expect(createBudget(10_000).within('redis', () => never, 50)).rejects.toBeInstanceOf(UnavailableFault);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('bounds every call by what is left of the whole', async () => {
    const budget = createBudget(80);
    await expect(budget.within('database', () => never)).rejects.toBeInstanceOf(UnavailableFault);
    // A timer may be early by a fraction of a millisecond.
    expect(budget.remainingMs()).toBeLessThan(2);
  });

  it('tells the work to stop when its time is over', async () => {
    let stopped: AbortSignal | undefined;
    const work = (signal: AbortSignal) => {
      stopped = signal;
      return never;
    };
    await expect(createBudget(30).within('database', work)).rejects.toBeInstanceOf(UnavailableFault);
    expect(stopped?.aborted).toBe(true);
  });

  it('passes results and errors of the work through', async () => {
    const budget = createBudget(1_000);
    await expect(budget.within('redis', () => Promise.resolve(7))).resolves.toBe(7);
    await expect(budget.within('redis', () => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
  });
});
