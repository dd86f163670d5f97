import type { Result } from '../measure.ts';
import { growthPerDecade } from '../statistics.ts';

/** Noise between two states of one machine stays below this; what grows tenfold or with every row does not. */
const FLAT = 1.5;

/** The line that says whether something costs the same however many there are. */
export function flat(
  what: string,
  of: string,
  counts: readonly number[],
  values: readonly number[],
  unit: Result['ours']['unit'] = 'ms',
): Result {
  const [few, many] = [values[0] ?? Number.NaN, values.at(-1) ?? Number.NaN];
  return {
    name: `${what} with ${counts.at(-1)?.toLocaleString('en')} ${of}, against ${counts[0]}`,
    ours: { value: many, unit },
    theirs: { value: few, unit },
    ratio: many / few,
    target: { atMost: FLAT },
    note: `${growthPerDecade(counts, values).toFixed(1)} % each time there are ten times as many`,
  };
}
