import type { AdminOverview } from '@megacampus/db/admin';
import { useFormatter, useTranslations } from 'next-intl';
import { Section } from './section.tsx';
import { Table } from './table.tsx';

/** What the model used and cost on each of the last days (UTC). */
export function UsageTable({ days }: { readonly days: AdminOverview['usage'] }) {
  const t = useTranslations('admin');
  const format = useFormatter();
  const cost = (value: number | null) => (value === null ? '—' : format.number(value, { maximumFractionDigits: 4 }));
  return (
    <Section title={t('usage')}>
      {days.length === 0 ? (
        <p className="text-muted-foreground">{t('noUsage')}</p>
      ) : (
        <Table caption={t('usage')} head={[t('day'), t('requests'), t('inputTokens'), t('outputTokens'), t('cost')]}>
          {days.map((day) => (
            <tr key={day.day}>
              <td>{format.dateTime(new Date(day.day), { dateStyle: 'medium', timeZone: 'UTC' })}</td>
              <td>{format.number(day.requests)}</td>
              <td>{format.number(day.inputTokens)}</td>
              <td>{format.number(day.outputTokens)}</td>
              <td>{cost(day.cost)}</td>
            </tr>
          ))}
        </Table>
      )}
    </Section>
  );
}
