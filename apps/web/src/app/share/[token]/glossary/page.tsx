import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { GlossaryView } from '@/features/glossary/glossary-view.tsx';
import { loadShared, SHARED_METADATA } from '@/features/share/load-shared.ts';

interface Props {
  readonly params: Promise<{ token: string }>;
}

export async function generateMetadata(): Promise<Metadata> {
  return { ...SHARED_METADATA, title: (await getTranslations('reader'))('glossary') };
}

export default async function SharedGlossaryPage({ params }: Props) {
  const shared = await loadShared((await params).token);
  if (shared === null) notFound();
  return <GlossaryView book={shared.book} glossary={shared.content.glossary} />;
}
