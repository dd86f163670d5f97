import type { GenerationTrace } from '@megacampus/db/admin';
import { useTranslations } from 'next-intl';
import { Moment } from './moment.tsx';
import { Section } from './section.tsx';
import { Table } from './table.tsx';
import { useDuration } from './use-duration.ts';

interface Span {
  readonly name: string;
  readonly state: string;
  readonly from: string | null;
  readonly to: string | null;
}

/** The steps with their durations; of a generation that is not its course's last any more, what its row still says. */
export function TraceTimeline({ trace }: { readonly trace: GenerationTrace }) {
  const t = useTranslations('admin');
  const duration = useDuration();
  const spans: Span[] =
    trace.steps?.map((step) => ({
      name: t(`steps.${String(step.id) as '1'}`),
      state: t(`stepState.${step.status}`),
      from: step.started_at ?? null,
      to: step.completed_at ?? null,
    })) ??
    [
      { name: t('untilOutline'), from: trace.createdAt, to: trace.outlinedAt },
      { name: t('fromOutline'), from: trace.outlinedAt, to: trace.finishedAt },
    ].map((span) => ({ ...span, state: t(`stepState.${span.to === null ? 'pending' : 'completed'}`) }));
  return (
    <Section title={t('timeline')}>
      <Table caption={t('timeline')} head={[t('step'), t('status'), t('started'), t('duration')]}>
        {spans.map(({ name, state, from, to }) => (
          <tr key={name}>
            <td className="min-w-44">{name}</td>
            <td>{state}</td>
            <td>
              <Moment iso={from} />
            </td>
            <td>{from !== null && to !== null ? duration(Date.parse(to) - Date.parse(from)) : '—'}</td>
          </tr>
        ))}
      </Table>
    </Section>
  );
}
