import Link from 'next/link';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { sessionUser } from '@/features/session/session-user.ts';
import { PageFrame } from '@/features/shell/page-frame.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { Card } from '@/ui/card.tsx';
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
    <PageFrame width="narrow">
      <h1 className="font-semibold text-2xl">{t(isNew ? 'signUpTitle' : 'signInTitle')}</h1>
      <p className="mt-1.5 text-muted-foreground">{t(isNew ? 'signUpLead' : 'signInLead')}</p>
      <Card className="mt-6">
        <ClientMessages of={['auth', 'validation']}>
          <CredentialsForm mode={mode} next={next} />
        </ClientMessages>
      </Card>
      <p className="mt-6 text-center text-sm">
        {t(isNew ? 'haveAccount' : 'noAccount')}{' '}
        <Link href={other} className="font-medium text-primary underline underline-offset-4">
          {tCommon(isNew ? 'signIn' : 'signUp')}
        </Link>
      </p>
    </PageFrame>
  );
}
