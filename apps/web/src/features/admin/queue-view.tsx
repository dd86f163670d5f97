import type { QueueOverview } from '@megacampus/queue/insight';
import { useFormatter, useTranslations } from 'next-intl';
import { Facts, Section } from './section.tsx';
import { Table } from './table.tsx';
import { useDuration } from './use-duration.ts';

const STATES = ['waiting', 'active', 'delayed', 'failed', 'completed'] as const;

export function QueueView({ queue }: { readonly queue: QueueOverview }) {
  const t = useTranslations('admin');
  const format = useFormatter();
  const duration = useDuration();
  return (
    <Section title={t('queue')}>
      <Facts facts={STATES.map((state) => [t(`jobState.${state}`), format.number(queue.counts[state])] as const)} />
      {queue.waiting.length > 0 ? (
        <Table caption={t('waitingByTier')} head={[t('tier'), t('jobsWaiting'), t('oldestWaits')]}>
          {queue.waiting.map(({ tier, jobs, oldestForMs }) => (
            <tr key={tier}>
              <td>{tier}</td>
              <td>{format.number(jobs)}</td>
              <td>{duration(oldestForMs)}</td>
            </tr>
          ))}
        </Table>
      ) : null}
    </Section>
  );
}
