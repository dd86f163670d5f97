import { type Tier, tierPolicy } from '@megacampus/domain/tiers';
import { getFormatter, getTranslations } from 'next-intl/server';
import { getDeps } from '@/deps.ts';
import { Card } from '@/ui/card.tsx';
import { LimitForm } from './limit-form.tsx';
import { ModelHealthView } from './model-health-view.tsx';
import { Moment } from './moment.tsx';
import { QueueView } from './queue-view.tsx';
import { Facts, Section } from './section.tsx';
import { Table } from './table.tsx';
import { UsageTable } from './usage-table.tsx';

/** How the system is now: slots, queue, workers, model; and what has been changed by admins. */
export async function Overview({ userId }: { readonly userId: string }) {
  const [t, format] = await Promise.all([getTranslations('admin'), getFormatter()]);
  const { admin, insight, env } = getDeps();
  const [stored, queue] = await Promise.all([admin.overview(userId), insight.overview()]);
  const limit = stored.globalLimit ?? queue.globalLimit ?? env.GLOBAL_CONCURRENCY_LIMIT;
  const owners = await admin.nameUsers(userId, [...new Set(queue.leases.map((lease) => lease.userId))]);
  return (
    <>
      <Section title={t('slots')}>
        <Facts
          facts={[
            [t('slotsHeld'), t('slotsOf', { held: queue.leases.length, limit })],
            [t('inFlightStored'), format.number(stored.inFlight)],
            [t('liveWorkers'), format.number(queue.workers.length)],
            [t('modelRequests'), format.number(queue.modelRequests)],
          ]}
        />
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <Card>
            <LimitForm key={limit} limit={limit} />
          </Card>
          <Card>
            <SlotsByUser leases={queue.leases} owners={owners} empty={t('noSlots')} />
          </Card>
        </div>
      </Section>
      <QueueView queue={queue} />
      <ModelHealthView workers={queue.workers} />
      <UsageTable days={stored.usage} />
      {stored.actions.length > 0 ? (
        <Section title={t('actions')}>
          <Table caption={t('actions')} head={[t('time'), t('who'), t('what'), t('whatOf'), t('from'), t('to')]}>
            {stored.actions.map((action) => (
              <tr key={action.at}>
                <td>
                  <Moment iso={action.at} />
                </td>
                <td>{action.email ?? '—'}</td>
                <td>{t(`action.${action.action}`)}</td>
                <td className="break-all">{action.target}</td>
                <td>{action.before ?? '—'}</td>
                <td>{action.after ?? '—'}</td>
              </tr>
            ))}
          </Table>
        </Section>
      ) : null}
    </>
  );
}

interface SlotsByUserProps {
  readonly leases: readonly { readonly userId: string }[];
  readonly owners: readonly UserName[];
  readonly empty: string;
}
interface UserName {
  readonly id: string;
  readonly email: string | null;
  readonly tier: Tier;
}

/** Who holds slots, against the limit of their tier. */
async function SlotsByUser({ leases, owners, empty }: SlotsByUserProps) {
  const t = await getTranslations('admin');
  const users = [...new Set(leases.map(({ userId }) => userId))];
  if (users.length === 0) return <p className="text-muted-foreground text-sm">{empty}</p>;
  return (
    <ul className="space-y-2 text-sm">
      {users.map((id) => {
        const owner = owners.find((user) => user.id === id);
        const held = leases.filter(({ userId }) => userId === id).length;
        const limit = owner ? tierPolicy(owner.tier).concurrentGenerations : held;
        return (
          <li key={id} className="flex flex-wrap justify-between gap-x-4">
            <span className="min-w-0 break-words">
              {owner?.email ?? id} {owner ? `· ${owner.tier}` : ''}
            </span>
            <span className="tabular-nums">{t('slotsOf', { held, limit })}</span>
          </li>
        );
      })}
    </ul>
  );
}
