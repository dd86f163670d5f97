import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { AuthPageProps } from '@/features/auth/auth-panel.tsx';
import { ConfirmPanel } from '@/features/auth/confirm-panel.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('confirmPageTitle') };
}

export default function ConfirmPage(props: AuthPageProps) {
  return <ConfirmPanel {...props} />;
}
