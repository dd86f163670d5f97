import type { GenerationFilter } from '@megacampus/db/admin';
import { GENERATION_STATUSES } from '@megacampus/domain/steps';
import { TIERS } from '@megacampus/domain/tiers';
import { SearchX } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { getDeps } from '@/deps.ts';
import { toneOf } from '@/features/courses/course-state.ts';
import { Badge } from '@/ui/badge.tsx';
import { EmptyState } from '@/ui/empty-state.tsx';
import { Link } from '@/ui/link.tsx';
import { Filters } from './filters.tsx';
import { Moment } from './moment.tsx';
import { Pager } from './pager.tsx';
import { choice, nextPage, one, PAGE_SIZE, PERIOD_NAMES, pageStart, periodStart, type SearchParams } from './paging.ts';
import { Table } from './table.tsx';

const STATUSES = ['in_flight', ...GENERATION_STATUSES] as const satisfies GenerationFilter['status'][];

interface ListProps {
  readonly userId: string;
  readonly params: SearchParams;
}

export async function GenerationList({ userId, params }: ListProps) {
  const [t, tStatus] = await Promise.all([getTranslations('admin'), getTranslations('status')]);
  const status = choice(params, 'status', STATUSES);
  const tier = choice(params, 'tier', TIERS);
  const period = choice(params, 'period', PERIOD_NAMES);
  const search = one(params, 'q');
  const filter = { search, status, tier, from: periodStart(period), after: pageStart(params), limit: PAGE_SIZE + 1 };
  const rows = await getDeps().admin.listGenerations(userId, filter);
  const endOf = ({ createdAt, id }: (typeof rows)[number]) => ({ at: createdAt, id });
  const { shown, next, first } = nextPage('/admin/generations', params, rows, endOf);
  const nameOf = (value: (typeof STATUSES)[number]) => (value === 'in_flight' ? t('inFlight') : tStatus(value));
  return (
    <>
      <Filters
        search={{ label: t('searchGenerations'), value: search }}
        choices={[
          {
            name: 'status',
            label: t('status'),
            value: status,
            options: STATUSES.map((value) => ({ value, label: nameOf(value) })),
          },
          { name: 'tier', label: t('tier'), value: tier, options: TIERS.map((value) => ({ value, label: value })) },
          {
            name: 'period',
            label: t('period'),
            value: period,
            options: PERIOD_NAMES.map((value) => ({ value, label: t(`periods.${value}`) })),
          },
        ]}
      />
      {shown.length === 0 ? (
        <EmptyState icon={<SearchX />} title={t('nothingTitle')} text={t('nothingText')} />
      ) : (
        <Table caption={t('pages.generations')} head={[t('course'), t('status'), t('user'), t('tier'), t('started')]}>
          {shown.map((row) => (
            <tr key={row.id}>
              <td className="min-w-52 max-w-96">
                <Link href={`/admin/generations/${row.id}`} className="font-medium text-primary underline">
                  {row.courseTitle}
                </Link>
                <span className="block break-all text-muted-foreground text-xs">{row.id}</span>
              </td>
              <td>
                <Badge tone={toneOf(row.status)}>{tStatus(row.status)}</Badge>
              </td>
              <td>{row.email}</td>
              <td>{row.tier}</td>
              <td>
                <Moment iso={row.createdAt} />
              </td>
            </tr>
          ))}
        </Table>
      )}
      <Pager first={first} next={next} />
    </>
  );
}
