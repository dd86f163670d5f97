import { useTranslations } from 'next-intl';
import { Button } from '@/ui/button.tsx';
import { Link } from '@/ui/link.tsx';
import { AuthFrame, authLinkStyles } from './auth-frame.tsx';
import type { LinkPurpose } from './confirm-link.ts';

const TEXTS = { reset: 'spentResetText', signUp: 'spentSignUpText', unknown: 'spentText' } as const;

/** A link that has been used, is too old, or was opened where it can't work; and the way to a new one. */
export function SpentLink({ purpose }: { readonly purpose: LinkPurpose }) {
  const t = useTranslations('auth');
  const tCommon = useTranslations('common');
  return (
    <AuthFrame
      title={t('spentTitle')}
      lead={t(TEXTS[purpose])}
      footer={
        <Link href="/sign-in" className={authLinkStyles}>
          {tCommon('signIn')}
        </Link>
      }
    >
      <div className="space-y-3">
        {purpose === 'signUp' ? null : (
          <Button asChild className="w-full">
            <Link href="/forgot-password">{t('askAgain')}</Link>
          </Button>
        )}
        {purpose === 'reset' ? null : (
          <Button asChild variant={purpose === 'signUp' ? 'primary' : 'secondary'} className="w-full">
            <Link href="/sign-up">{t('signUpAgain')}</Link>
          </Button>
        )}
      </div>
    </AuthFrame>
  );
}
