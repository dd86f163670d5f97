import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { type AuthPageProps, AuthPanel } from '@/features/auth/auth-panel.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('auth'))('signUpTitle') };
}

export default function SignUpPage(props: AuthPageProps) {
  return <AuthPanel mode="signUp" {...props} />;
}
