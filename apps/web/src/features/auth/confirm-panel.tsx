import { getTranslations } from 'next-intl/server';
import { AuthFrame } from './auth-frame.tsx';
import type { AuthPageProps } from './auth-panel.tsx';
import { confirmLink } from './confirm-actions.ts';
import { ConfirmForm } from './confirm-form.tsx';
import { purposeOf, readConfirmLink } from './confirm-link.ts';
import { safeNext } from './safe-next.ts';
import { SpentLink } from './spent-link.tsx';

/**
 * Where links in mails lead. Opening it uses nothing up: programs that look at mail for viruses open every link in it.
 * The button does.
 */
export async function ConfirmPanel({ searchParams }: AuthPageProps) {
  const parameters = await searchParams;
  const link = readConfirmLink(parameters);
  const purpose = purposeOf(parameters);
  if (link === null || parameters['error'] !== undefined) return <SpentLink purpose={purpose} />;
  const t = await getTranslations('auth');
  const isReset = purpose === 'reset';
  const secret = link.kind === 'hash' ? { token_hash: link.hash, type: link.type } : { code: link.code };
  return (
    <AuthFrame
      title={t(isReset ? 'resetTitle' : 'confirmTitle')}
      lead={t(isReset ? 'confirmResetLead' : 'confirmLead')}
    >
      <ConfirmForm
        action={confirmLink}
        label={t(isReset ? 'confirmResetAction' : 'confirmAction')}
        fields={{ ...secret, next: safeNext(parameters['next']) }}
        className="w-full"
      />
    </AuthFrame>
  );
}
