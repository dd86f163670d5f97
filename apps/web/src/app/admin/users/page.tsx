import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { requireAdmin } from '@/features/admin/access.ts';
import { AdminFrame } from '@/features/admin/admin-frame.tsx';
import { ListLoading } from '@/features/admin/list-loading.tsx';
import type { AdminListProps } from '@/features/admin/paging.ts';
import { UserList } from '@/features/admin/user-list.tsx';

export async function generateMetadata(): Promise<Metadata> {
  await requireAdmin();
  return { title: (await getTranslations('admin'))('pages.users') };
}

export default async function AdminUserListPage({ searchParams }: AdminListProps) {
  const user = await requireAdmin();
  const params = await searchParams;
  return (
    <AdminFrame page="users">
      <Suspense fallback={<ListLoading />} key={JSON.stringify(params)}>
        <UserList userId={user.id} params={params} />
      </Suspense>
    </AdminFrame>
  );
}
