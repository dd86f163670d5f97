import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { AuthFrame, authLinkStyles } from '@/features/auth/auth-frame.tsx';
import { ForgotForm } from '@/features/password/forgot-form.tsx';
import { Link } from '@/ui/link.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('forgotTitle') };
}

export default async function ForgotPasswordPage() {
  const t = await getTranslations('auth');
  return (
    <AuthFrame
      title={t('forgotTitle')}
      lead={t('forgotLead')}
      footer={
        <Link href="/sign-in" className={authLinkStyles}>
          {t('backToSignIn')}
        </Link>
      }
    >
      <ForgotForm />
    </AuthFrame>
  );
}
