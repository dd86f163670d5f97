import type { GenerationTrace } from '@megacampus/db/admin';
import { useTranslations } from 'next-intl';
import { Moment } from './moment.tsx';
import { Section } from './section.tsx';
import { Table } from './table.tsx';

/** What went wrong on the way, which lessons failed, and what became of the webhooks. */
export function TraceEvents({ trace }: { readonly trace: GenerationTrace }) {
  const t = useTranslations('admin');
  const failed = trace.lessons.filter(({ status }) => status === 'failed');
  const hitches = [
    ...trace.events.map(({ id, at, type, metadata }) => ({
      key: id,
      at,
      what: t(`events.${type}`),
      details: JSON.stringify(metadata),
    })),
    ...trace.incidents.map(({ at, kind, stage, attempt }) => ({
      key: `${at}${kind}`,
      at,
      what: kind,
      details: `${stage}, ${attempt}`,
    })),
  ].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return (
    <>
      {hitches.length > 0 ? (
        <Section title={t('pages.events')}>
          <Table caption={t('pages.events')} head={[t('time'), t('eventType'), t('details')]}>
            {hitches.map(({ key, at, what, details }) => (
              <tr key={key}>
                <td>
                  <Moment iso={at} />
                </td>
                <td>{what}</td>
                <td className="min-w-52 break-words font-mono text-xs">{details}</td>
              </tr>
            ))}
          </Table>
        </Section>
      ) : null}
      {failed.length > 0 ? (
        <Section title={t('failedLessons')}>
          <Table caption={t('failedLessons')} head={[t('lesson'), t('details')]}>
            {failed.map(({ position, title, error }) => (
              <tr key={position}>
                <td>
                  {position}. {title}
                </td>
                <td>{error}</td>
              </tr>
            ))}
          </Table>
        </Section>
      ) : null}
      {trace.webhooks.length > 0 ? (
        <Section title={t('webhooks')}>
          <Table
            caption={t('webhooks')}
            head={[t('time'), t('status'), t('attempts'), t('delivered'), t('nextAttempt'), t('details')]}
          >
            {trace.webhooks.map((webhook) => (
              <tr key={webhook.id}>
                <td>
                  <Moment iso={webhook.createdAt} />
                </td>
                <td>{webhook.status}</td>
                <td>{webhook.attempts}</td>
                <td>
                  <Moment iso={webhook.deliveredAt} />
                </td>
                <td>
                  <Moment iso={webhook.nextAttemptAt} />
                </td>
                <td className="min-w-52 break-all">
                  {webhook.url} {webhook.lastError}
                </td>
              </tr>
            ))}
          </Table>
        </Section>
      ) : null}
    </>
  );
}
