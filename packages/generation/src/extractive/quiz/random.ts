/** A repeatable source of choices. */
export interface Random {
  /** A whole number in [0, n); 0 for n < 1. */
  pick(n: number): number;
  shuffle<T>(items: readonly T[]): T[];
}

/** The same seed always gives the same choices (FNV-1a into mulberry32), so that a lesson made twice is the same. */
export function createRandom(seed: string): Random {
  let state = 2166136261;
  for (let index = 0; index < seed.length; index += 1) state = Math.imul(state ^ seed.charCodeAt(index), 16777619);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const pick = (n: number) => (n < 1 ? 0 : Math.floor(next() * n));
  return {
    pick,
    shuffle: (items) => {
      const shuffled = [...items];
      for (let index = shuffled.length - 1; index > 0; index -= 1) {
        const other = pick(index + 1);
        const held = shuffled[index] as (typeof shuffled)[number];
        shuffled[index] = shuffled[other] as (typeof shuffled)[number];
        shuffled[other] = held;
      }
      return shuffled;
    },
  };
}
