import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { requireAdmin } from '@/features/admin/access.ts';
import { AdminFrame } from '@/features/admin/admin-frame.tsx';
import { GenerationList } from '@/features/admin/generation-list.tsx';
import { ListLoading } from '@/features/admin/list-loading.tsx';
import type { AdminListProps } from '@/features/admin/paging.ts';

export async function generateMetadata(): Promise<Metadata> {
  await requireAdmin();
  return { title: (await getTranslations('admin'))('pages.generations') };
}

export default async function AdminGenerationListPage({ searchParams }: AdminListProps) {
  const user = await requireAdmin();
  const params = await searchParams;
  return (
    <AdminFrame page="generations">
      <Suspense fallback={<ListLoading />} key={JSON.stringify(params)}>
        <GenerationList userId={user.id} params={params} />
      </Suspense>
    </AdminFrame>
  );
}
