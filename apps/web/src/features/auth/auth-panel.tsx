import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { sessionUser } from '@/features/session/session-user.ts';
import { Link } from '@/ui/link.tsx';
import { AuthFrame, authLinkStyles } from './auth-frame.tsx';
import { CredentialsForm } from './credentials-form.tsx';
import { safeNext } from './safe-next.ts';

export interface AuthPageProps {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The page for signing in and, nearly the same, for signing up. */
export async function AuthPanel({ mode, searchParams }: AuthPageProps & { readonly mode: 'signIn' | 'signUp' }) {
  const [t, tCommon] = await Promise.all([getTranslations('auth'), getTranslations('common')]);
  const next = safeNext((await searchParams)['next']);
  if ((await sessionUser()) !== null) redirect(next);

  const isNew = mode === 'signUp';
  const other = `${isNew ? '/sign-in' : '/sign-up'}?next=${encodeURIComponent(next)}`;
  return (
    <AuthFrame
      title={t(isNew ? 'signUpTitle' : 'signInTitle')}
      lead={t(isNew ? 'signUpLead' : 'signInLead')}
      footer={
        <>
          {isNew ? null : (
            <p>
              <Link href="/forgot-password" className={authLinkStyles}>
                {t('forgotPassword')}
              </Link>
            </p>
          )}
          <p>
            {t(isNew ? 'haveAccount' : 'noAccount')}{' '}
            <Link href={other} className={authLinkStyles}>
              {tCommon(isNew ? 'signIn' : 'signUp')}
            </Link>
          </p>
        </>
      }
    >
      <CredentialsForm mode={mode} next={next} />
    </AuthFrame>
  );
}
