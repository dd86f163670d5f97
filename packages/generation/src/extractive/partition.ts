/** Contiguous groups of indexes, in order, as [from, to). */
export interface Group {
  readonly from: number;
  readonly to: number;
}

interface PartitionOptions {
  /** Size of each of the units, in words. */
  readonly sizes: readonly number[];
  /** Cost of a group from its size and its range; lower is better. */
  readonly cost: (size: number, from: number, to: number) => number;
  /** Cost of a boundary before unit `index`; never asked for 0. */
  readonly boundary: (index: number) => number;
  /** How many groups; null lets the costs decide. */
  readonly count: number | null;
  /** Groups larger than this are not tried, unless a single unit is. In words. */
  readonly largest: number;
}

/**
 * The cheapest way to divide a sequence into contiguous groups, found by dynamic programming. With a count there are
 * exactly that many groups, at most one for each unit.
 */
export function partition(given: PartitionOptions): Group[] {
  const boundaries = given.sizes.map((_, index) => (index === 0 ? 0 : given.boundary(index)));
  const options = { ...given, boundary: (index: number) => boundaries[index] ?? 0 };
  const { sizes, count } = options;
  if (sizes.length === 0) return [];
  if (count === null)
    return backtrack(cheapest(options, [0, ...sizes.map(() => Number.POSITIVE_INFINITY)], true), sizes.length);
  const wanted = Math.max(1, Math.min(count, sizes.length));
  let costs = [0, ...sizes.map(() => Number.POSITIVE_INFINITY)];
  const rounds: Int32Array[] = [];
  for (let round = 0; round < wanted; round += 1) {
    const { next, cameFrom } = cheapest(options, costs, false);
    costs = next;
    rounds.push(cameFrom);
  }
  if (costs[sizes.length] === Number.POSITIVE_INFINITY) {
    // Groups as large as this count needs were not tried.
    return partition({ ...options, largest: options.largest * 2 });
  }
  const groups: Group[] = [];
  let to = sizes.length;
  for (const cameFrom of rounds.reverse()) {
    const from = cameFrom[to] ?? 0;
    groups.unshift({ from, to });
    to = from;
  }
  return groups;
}

interface Round {
  readonly next: number[];
  readonly cameFrom: Int32Array;
}

/** Adds one group to each way so far or, when `chained`, as many as are worth it. */
function cheapest({ sizes, cost, boundary, largest }: PartitionOptions, costs: number[], chained: boolean): Round {
  const next = chained ? costs : costs.map(() => Number.POSITIVE_INFINITY);
  const cameFrom = new Int32Array(sizes.length + 1);
  for (let to = 1; to <= sizes.length; to += 1) {
    let size = 0;
    for (let from = to - 1; from >= 0; from -= 1) {
      size += sizes[from] ?? 0;
      if (size > largest && from < to - 1) break;
      const before = costs[from] ?? Number.POSITIVE_INFINITY;
      if (before === Number.POSITIVE_INFINITY) continue;
      const total = before + cost(size, from, to) + (from === 0 ? 0 : boundary(from));
      if (total < (next[to] ?? 0)) {
        next[to] = total;
        cameFrom[to] = from;
      }
    }
  }
  return { next, cameFrom };
}

function backtrack({ cameFrom }: Round, length: number): Group[] {
  const groups: Group[] = [];
  for (let to = length; to > 0; to = cameFrom[to] ?? 0) groups.unshift({ from: cameFrom[to] ?? 0, to });
  return groups;
}
