import type { EventCount } from '@megacampus/db/admin';
import type { MetricEventType } from '@megacampus/domain/events';

const UNIT_MS = { hour: 3_600_000, day: 86_400_000 } as const;

export interface Column {
  /** The beginning of the hour or day, UTC, in ms. */
  readonly at: number;
  readonly total: number;
  /** One on top of the other. */
  readonly stack: readonly { readonly type: MetricEventType; readonly start: number; readonly count: number }[];
}

/** A column for each hour or day from `from` to `nowMs`, also where nothing happened. */
export function buckets(
  counts: readonly EventCount[],
  from: string,
  unit: keyof typeof UNIT_MS,
  nowMs: number,
): Column[] {
  const unitMs = UNIT_MS[unit];
  const first = Math.floor(Date.parse(from) / unitMs);
  const last = Math.floor(nowMs / unitMs);
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const at = (first + index) * unitMs;
    let total = 0;
    const stack = counts
      .filter((count) => Date.parse(count.at) === at)
      .map(({ type, count }) => {
        total += count;
        return { type, start: total - count, count };
      });
    return { at, total, stack };
  });
}
