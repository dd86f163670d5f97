import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { partition } from './partition.ts';

vi.setConfig({ testTimeout: 60_000 });

describe('partition', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 60 });

  it('covers all units in order, in exactly as many groups as asked for', () => {
    fc.assert(
      fc.property(
        sizes,
        fc.option(fc.integer({ min: 1, max: 80 })),
        fc.integer({ min: 1, max: 900 }),
        (units, count, largest) => {
          const groups = partition({
            sizes: units,
            count,
            largest,
            cost: (size) => (size - 200) ** 2,
            boundary: () => 1,
          });
          let reached = 0;
          for (const { from, to } of groups) {
            expect(from).toBe(reached);
            expect(to).toBeGreaterThan(from);
            reached = to;
          }
          expect(reached).toBe(units.length);
          if (count !== null) expect(groups).toHaveLength(Math.min(count, units.length));
        },
      ),
    );
  });

  it('finds the cheapest division', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 8 }), (units) => {
        const cost = (size: number) => (size - 60) ** 2;
        const sizeOf = (from: number, to: number) => units.slice(from, to).reduce((sum, size) => sum + size, 0);
        const best = (from: number): number =>
          from === units.length
            ? 0
            : Math.min(
                ...units.slice(from).map((_, step) => cost(sizeOf(from, from + step + 1)) + best(from + step + 1)),
              );
        const groups = partition({ sizes: units, count: null, largest: 10_000, cost, boundary: () => 0 });
        expect(groups.reduce((sum, { from, to }) => sum + cost(sizeOf(from, to)), 0)).toBe(best(0));
      }),
    );
  });
});
