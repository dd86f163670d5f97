import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { requireAdmin } from '@/features/admin/access.ts';
import { AdminFrame } from '@/features/admin/admin-frame.tsx';
import { AutoRefresh } from '@/features/admin/auto-refresh.tsx';
import { ListLoading } from '@/features/admin/list-loading.tsx';
import { Overview } from '@/features/admin/overview.tsx';

export async function generateMetadata(): Promise<Metadata> {
  await requireAdmin();
  return { title: (await getTranslations('admin'))('title') };
}

export default async function AdminPage() {
  const user = await requireAdmin();
  return (
    <AdminFrame page="overview" action={<AutoRefresh />}>
      <Suspense fallback={<ListLoading />}>
        <Overview userId={user.id} />
      </Suspense>
    </AdminFrame>
  );
}
