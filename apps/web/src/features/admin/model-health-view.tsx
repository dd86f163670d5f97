import type { LiveWorker } from '@megacampus/queue/insight';
import { useTranslations } from 'next-intl';
import { Alert } from '@/ui/alert.tsx';
import { Badge } from '@/ui/badge.tsx';
import { Moment } from './moment.tsx';
import { Section } from './section.tsx';
import { Table } from './table.tsx';

/** The live workers, each with what it knows of the model's server. */
export function ModelHealthView({ workers }: { readonly workers: readonly LiveWorker[] }) {
  const t = useTranslations('admin');
  return (
    <Section title={t('workers')}>
      {workers.length === 0 ? (
        <Alert tone="danger" title={t('noWorkersTitle')}>
          {t('noWorkersText')}
        </Alert>
      ) : (
        <Table
          caption={t('workers')}
          head={[t('worker'), t('model'), t('breaker'), t('requestsNow'), t('lastSuccess'), t('lastErrors')]}
        >
          {workers.map(({ id, model }) => (
            <tr key={id}>
              <td className="break-all">{id}</td>
              <td>{model === null ? '—' : (model.model ?? t('noModel'))}</td>
              <td>
                {model?.model ? (
                  <Badge tone={model.breaker === 'open' ? 'danger' : 'success'}>{t(`breakers.${model.breaker}`)}</Badge>
                ) : (
                  '—'
                )}
              </td>
              <td>{model?.requests ?? 0}</td>
              <td>
                <Moment iso={model?.lastSuccessAt ?? null} />
              </td>
              <td className="min-w-52">
                {model?.errors.map((error) => (
                  <span key={error.at} className="block">
                    <Moment iso={error.at} /> {error.text}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </Table>
      )}
    </Section>
  );
}
