import { decodeJwt } from 'jose';
import { getTranslations } from 'next-intl/server';
import { signOutEverywhere } from '@/features/auth/actions.ts';
import { ConfirmForm } from '@/features/auth/confirm-form.tsx';
import { ChangePasswordForm } from '@/features/password/new-password-form.tsx';
import { profileOf, type SessionUser } from '@/features/session/session-user.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { Alert } from '@/ui/alert.tsx';
import { Link } from '@/ui/link.tsx';
import { Preferences } from './preferences.tsx';
import { ProfileForm } from './profile-form.tsx';
import { Section } from './section.tsx';
import { TierLimits } from './tier-limits.tsx';
import { UsageNow } from './usage-now.tsx';

interface AccountPageProps {
  readonly user: SessionUser;
  /** When the password was changed, in ms, for who comes from there; else NaN. */
  readonly changedAt: number;
}

/** How long a change is news: the address may be opened again much later. */
const NEWS_MS = 5 * 60_000;

/** Everything that belongs to the user and not to a course. @throws UnavailableFault */
export async function AccountPage({ user, changedAt }: AccountPageProps) {
  const [t, tErrors, profile] = await Promise.all([
    getTranslations('account'),
    getTranslations('errors'),
    profileOf(user),
  ]);
  return (
    <ClientMessages of={['account', 'auth', 'validation']}>
      <div className="space-y-6">
        {Date.now() - changedAt < NEWS_MS ? (
          <Alert tone="success" title={t('passwordChangedTitle')} announce>
            {t('passwordChangedText')}{' '}
            <Link href="/courses" className="font-medium text-primary underline underline-offset-4">
              {tErrors('toCourses')}
            </Link>
          </Alert>
        ) : null}
        <Section id="profile" title={t('profile')}>
          <dl className="text-sm">
            <dt className="text-muted-foreground">{t('email')}</dt>
            <dd className="mt-0.5 break-words font-medium">{user.email}</dd>
          </dl>
          <ProfileForm name={profile.displayName} />
        </Section>
        <Section id="tier" title={t('tier', { tier: profile.tier })}>
          <TierLimits tier={profile.tier} />
        </Section>
        <Section id="usage" title={t('usage')}>
          <UsageNow user={user} tier={profile.tier} />
        </Section>
        <Section id="preferences" title={t('preferences')}>
          <Preferences />
        </Section>
        <Section id="password" title={t('password')}>
          {/* Empty again after a change. */}
          <ChangePasswordForm key={changedAt} email={user.email} />
        </Section>
        <Section id="sessions" title={t('sessions')}>
          <p className="text-muted-foreground text-sm leading-relaxed">
            {t('sessionsText', { minutes: lifetimeMinutes(user.accessToken) })}
          </p>
          <ConfirmForm action={signOutEverywhere} label={t('signOutEverywhere')} variant="secondary" />
        </Section>
      </div>
    </ClientMessages>
  );
}

/** How long a page that is open elsewhere can go on with its token. */
function lifetimeMinutes(accessToken: string): number {
  const { iat, exp } = decodeJwt(accessToken);
  return iat === undefined || exp === undefined ? 60 : Math.ceil((exp - iat) / 60);
}
