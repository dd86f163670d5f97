import type { EventCount } from '@megacampus/db/admin';
import { METRIC_EVENTS, type MetricEventType } from '@megacampus/domain/events';
import { getFormatter, getTranslations } from 'next-intl/server';
import { Fold } from '@/ui/fold.tsx';
import { buckets } from './buckets.ts';
import { Table } from './table.tsx';

/** Apart in lightness as in hue; the table beside the chart says the same without colours. */
const COLOURS = {
  job_rollback: 'oklch(0.62 0.19 25)',
  orphaned_job_recovery: 'oklch(0.75 0.15 75)',
  concurrency_limit_hit: 'oklch(0.6 0.12 220)',
  worker_timeout: 'oklch(0.55 0.2 330)',
  rpc_retry_exhausted: 'oklch(0.45 0.16 290)',
  duplicate_job_detected: 'oklch(0.7 0.14 155)',
} as const satisfies Record<MetricEventType, string>;

const WIDTH = 720;
const HEIGHT = 160;

interface ChartProps {
  readonly counts: readonly EventCount[];
  readonly from: string;
  readonly unit: 'hour' | 'day';
}

/** Events by hour or day (UTC) as stacked columns, and as a table under a fold. */
export async function EventChart({ counts, from, unit }: ChartProps) {
  const [t, format] = await Promise.all([getTranslations('admin'), getFormatter()]);
  const columns = buckets(counts, from, unit, Date.now());
  const most = Math.max(1, ...columns.map(({ total }) => total));
  const step = WIDTH / columns.length;
  const types = METRIC_EVENTS.filter((type) => counts.some((count) => count.type === type));
  const timeOf = (at: number) =>
    format.dateTime(
      at,
      unit === 'hour' ? { timeStyle: 'short', timeZone: 'UTC' } : { dateStyle: 'medium', timeZone: 'UTC' },
    );
  const total = columns.reduce((sum, column) => sum + column.total, 0);
  return (
    <figure className="mb-8 space-y-3 rounded-xl border bg-card p-5">
      <figcaption className="text-sm">{t(`chart.${unit}`, { total, most })}</figcaption>
      <svg
        role="img"
        aria-label={t(`chart.${unit}`, { total, most })}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        className="h-40 w-full border-b"
      >
        {columns.flatMap(({ at, stack }, index) =>
          stack.map(({ type, start, count }) => (
            <rect
              key={`${at}${type}`}
              x={index * step + step * 0.1}
              width={step * 0.8}
              y={HEIGHT - ((start + count) / most) * HEIGHT}
              height={(count / most) * HEIGHT}
              fill={COLOURS[type]}
            />
          )),
        )}
      </svg>
      <div className="flex justify-between text-muted-foreground text-xs" aria-hidden>
        <span>{timeOf(columns[0]?.at ?? 0)}</span>
        <span>{timeOf(columns.at(-1)?.at ?? 0)}</span>
      </div>
      <ul className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
        {types.map((type) => (
          <li key={type} className="flex items-center gap-2">
            <span className="size-3 rounded-sm" style={{ background: COLOURS[type] }} aria-hidden />
            {t(`events.${type}`)}
          </li>
        ))}
      </ul>
      {counts.length > 0 ? (
        <Fold title={t('asTable')}>
          <Table caption={t('asTable')} head={[t('time'), t('eventType'), t('count')]}>
            {counts.map(({ at, type, count }) => (
              <tr key={at + type}>
                <td>{timeOf(Date.parse(at))}</td>
                <td>{t(`events.${type}`)}</td>
                <td>{format.number(count)}</td>
              </tr>
            ))}
          </Table>
        </Fold>
      ) : null}
    </figure>
  );
}
