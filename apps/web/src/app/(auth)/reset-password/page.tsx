import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuthFrame } from '@/features/auth/auth-frame.tsx';
import { SpentLink } from '@/features/auth/spent-link.tsx';
import { ResetPasswordForm } from '@/features/password/new-password-form.tsx';
import { mayReset } from '@/features/password/reset-grant.ts';
import { sessionUser } from '@/features/session/session-user.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('resetTitle') };
}

export default async function ResetPasswordPage() {
  const user = await sessionUser();
  if (user === null || !(await mayReset(user.id))) return <SpentLink purpose="reset" />;
  const t = await getTranslations('auth');
  return (
    <AuthFrame title={t('resetTitle')} lead={t('resetLead', { email: user.email })}>
      <ResetPasswordForm email={user.email} />
    </AuthFrame>
  );
}
