import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { requireAdmin } from '@/features/admin/access.ts';
import { AdminFrame } from '@/features/admin/admin-frame.tsx';
import { EventList } from '@/features/admin/event-list.tsx';
import { ListLoading } from '@/features/admin/list-loading.tsx';
import type { AdminListProps } from '@/features/admin/paging.ts';

export async function generateMetadata(): Promise<Metadata> {
  await requireAdmin();
  return { title: (await getTranslations('admin'))('pages.events') };
}

export default async function AdminEventListPage({ searchParams }: AdminListProps) {
  const user = await requireAdmin();
  const params = await searchParams;
  return (
    <AdminFrame page="events">
      <Suspense fallback={<ListLoading />} key={JSON.stringify(params)}>
        <EventList userId={user.id} params={params} />
      </Suspense>
    </AdminFrame>
  );
}
