import { METRIC_EVENTS, SEVERITIES, type Severity } from '@megacampus/domain/events';
import { SearchX } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { getDeps } from '@/deps.ts';
import { Badge, type BadgeTone } from '@/ui/badge.tsx';
import { EmptyState } from '@/ui/empty-state.tsx';
import { EventChart } from './event-chart.tsx';
import { Filters } from './filters.tsx';
import { Moment } from './moment.tsx';
import { Pager } from './pager.tsx';
import { choice, nextPage, PAGE_SIZE, PERIOD_NAMES, pageStart, periodStart, type SearchParams } from './paging.ts';
import { Table } from './table.tsx';

const SEVERITY_TONES = {
  info: 'neutral',
  warn: 'warning',
  error: 'danger',
  fatal: 'danger',
} as const satisfies Record<Severity, BadgeTone>;
const isUuid = (id: string) => z.uuid().safeParse(id).success;

export async function EventList({ userId, params }: { readonly userId: string; readonly params: SearchParams }) {
  const t = await getTranslations('admin');
  const { admin } = getDeps();
  const type = choice(params, 'type', METRIC_EVENTS);
  const severity = choice(params, 'severity', SEVERITIES);
  const period = choice(params, 'period', PERIOD_NAMES) ?? 'week';
  const from = periodStart(period) ?? '';
  const unit = period === 'day' ? 'hour' : 'day';
  const [rows, counts] = await Promise.all([
    admin.listEvents(userId, { type, severity, from, after: pageStart(params, isUuid), limit: PAGE_SIZE + 1 }),
    admin.countEvents(userId, { type, severity, from, unit }),
  ]);
  const { shown, next, first } = nextPage('/admin/events', params, rows, ({ at, id }) => ({ at, id }));
  return (
    <>
      <Filters
        choices={[
          {
            name: 'type',
            label: t('eventType'),
            value: type,
            options: METRIC_EVENTS.map((value) => ({ value, label: t(`events.${value}`) })),
          },
          {
            name: 'severity',
            label: t('severity'),
            value: severity,
            options: SEVERITIES.map((value) => ({ value, label: t(`severities.${value}`) })),
          },
          {
            name: 'period',
            label: t('period'),
            value: period,
            options: PERIOD_NAMES.map((value) => ({ value, label: t(`periods.${value}`) })),
          },
        ]}
      />
      <EventChart counts={counts} from={from} unit={unit} />
      {shown.length === 0 ? (
        <EmptyState icon={<SearchX />} title={t('nothingTitle')} text={t('noEvents')} />
      ) : (
        <Table caption={t('pages.events')} head={[t('time'), t('eventType'), t('severity'), t('user'), t('details')]}>
          {shown.map((event) => (
            <tr key={event.id}>
              <td>
                <Moment iso={event.at} />
              </td>
              <td className="min-w-48">{t(`events.${event.type}`)}</td>
              <td>
                <Badge tone={SEVERITY_TONES[event.severity]}>{t(`severities.${event.severity}`)}</Badge>
              </td>
              <td>{event.email}</td>
              <td className="min-w-64 max-w-96 break-words font-mono text-xs">
                {event.jobId ? <span className="block">{event.jobId}</span> : null}
                {JSON.stringify(event.metadata)}
              </td>
            </tr>
          ))}
        </Table>
      )}
      <Pager first={first} next={next} />
    </>
  );
}
