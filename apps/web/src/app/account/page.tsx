import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AccountPage } from '@/features/account/account-page.tsx';
import { requireUser } from '@/features/session/session-user.ts';
import { PageFrame } from '@/features/shell/page-frame.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('account'))('title') };
}

interface Props {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function Page({ searchParams }: Props) {
  const user = await requireUser('/account');
  const { 'password-changed': changedAt } = await searchParams;
  const t = await getTranslations('account');
  return (
    <PageFrame width="medium">
      <h1 className="mb-6 font-semibold text-3xl">{t('title')}</h1>
      <AccountPage user={user} changedAt={Number(changedAt)} />
    </PageFrame>
  );
}
