import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { getDeps } from '@/deps.ts';
import { requireAdmin } from '@/features/admin/access.ts';
import { AdminFrame } from '@/features/admin/admin-frame.tsx';
import { GenerationTraceView } from '@/features/admin/generation-trace.tsx';

export async function generateMetadata(): Promise<Metadata> {
  await requireAdmin();
  return { title: (await getTranslations('admin'))('trace') };
}

export default async function AdminGenerationPage({ params }: { readonly params: Promise<{ id: string }> }) {
  const [user, { id }] = [await requireAdmin(), await params];
  const trace = (await getDeps().admin.loadGeneration(user.id, decodeURIComponent(id).slice(0, 128))) ?? notFound();
  return (
    <AdminFrame page="generations" title={trace.courseTitle}>
      <GenerationTraceView trace={trace} />
    </AdminFrame>
  );
}
