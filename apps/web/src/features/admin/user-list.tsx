import { TIERS } from '@megacampus/domain/tiers';
import { SearchX } from 'lucide-react';
import { getFormatter, getTranslations } from 'next-intl/server';
import { z } from 'zod';
import { getDeps } from '@/deps.ts';
import { EmptyState } from '@/ui/empty-state.tsx';
import { Filters } from './filters.tsx';
import { Moment } from './moment.tsx';
import { Pager } from './pager.tsx';
import { choice, nextPage, one, PAGE_SIZE, pageStart, type SearchParams } from './paging.ts';
import { Table } from './table.tsx';
import { UserChange } from './user-change.tsx';

const ROLES = ['user', 'admin'] as const;
const isUuid = (id: string) => z.uuid().safeParse(id).success;

export async function UserList({ userId, params }: { readonly userId: string; readonly params: SearchParams }) {
  const [t, format] = await Promise.all([getTranslations('admin'), getFormatter()]);
  const search = one(params, 'q');
  const tier = choice(params, 'tier', TIERS);
  const role = choice(params, 'role', ROLES);
  const filter = { search, tier, role, after: pageStart(params, isUuid), limit: PAGE_SIZE + 1 };
  const rows = await getDeps().admin.listUsers(userId, filter);
  const endOf = ({ createdAt, id }: (typeof rows)[number]) => ({ at: createdAt, id });
  const { shown, next, first } = nextPage('/admin/users', params, rows, endOf);
  return (
    <>
      <Filters
        search={{ label: t('searchUsers'), value: search }}
        choices={[
          { name: 'tier', label: t('tier'), value: tier, options: TIERS.map((value) => ({ value, label: value })) },
          {
            name: 'role',
            label: t('roleLabel'),
            value: role,
            options: ROLES.map((value) => ({ value, label: t(`role.${value}`) })),
          },
        ]}
      />
      {shown.length === 0 ? (
        <EmptyState icon={<SearchX />} title={t('nothingTitle')} text={t('nothingText')} />
      ) : (
        <Table
          caption={t('pages.users')}
          head={[t('user'), t('tier'), t('roleLabel'), t('inFlightNow'), t('registered')]}
        >
          {shown.map(({ id, email, ...row }) => (
            <tr key={id}>
              <td className="font-medium">{email}</td>
              <td>
                <UserChange key={row.tier} userId={id} email={email ?? id} of="tier" value={row.tier} options={TIERS} />
              </td>
              <td>
                {id === userId ? (
                  t('role.admin')
                ) : (
                  <UserChange
                    key={row.role}
                    userId={id}
                    email={email ?? id}
                    of="role"
                    value={row.role}
                    options={ROLES}
                  />
                )}
              </td>
              <td>{format.number(row.inFlight)}</td>
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
