/** The value below which the share `p` (0–1) of the samples lies, between neighbours by straight line. @throws RangeError without samples. */
export function percentile(samples: readonly number[], p: number): number {
  if (samples.length === 0) throw new RangeError('There is no percentile of no samples');
  const sorted = samples.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * p;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

export const median = (samples: readonly number[]): number => percentile(samples, 0.5);

/**
 * How many times `ours` is of `theirs`: the median of the ratios of rounds that ran one right after the other. What
 * slows the machine down for a while slows both sides of those rounds, and cancels out.
 * @throws RangeError when the sides have not the same number of rounds.
 */
export function ratioOfRounds(ours: readonly number[], theirs: readonly number[]): number {
  if (ours.length !== theirs.length) throw new RangeError('Both sides must have the same number of rounds');
  return median(ours.map((value, round) => value / (theirs[round] ?? Number.NaN)));
}

/** Least squares: by how many percent `ys` grows each time `xs` is ten times as large, of its mean. */
export function growthPerDecade(xs: readonly number[], ys: readonly number[]): number {
  const decades = xs.map((x) => Math.log10(x));
  const meanX = mean(decades);
  const meanY = mean(ys);
  const spread = decades.reduce((sum, x) => sum + (x - meanX) ** 2, 0);
  const slope = decades.reduce((sum, x, i) => sum + (x - meanX) * ((ys[i] ?? 0) - meanY), 0) / spread;
  return (100 * slope) / meanY;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
