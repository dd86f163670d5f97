'use client';

import { Link2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { Button } from '@/ui/button.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { toast } from '@/ui/toast.ts';
import { type ShareOutcome, shareCourse, withdrawShare } from './actions.ts';
import { ShareLink } from './share-link.tsx';

interface ShareButtonProps {
  readonly courseId: string;
  /** Of the link there is; null without one. */
  readonly token: string | null;
}

/** Makes a link by which anybody can read the course, shows it, and withdraws it. */
export function ShareButton({ courseId, token: known }: ShareButtonProps) {
  const t = useTranslations('share');
  const tCommon = useTranslations('common');
  const [token, setToken] = useState(known);
  const [isPending, startTransition] = useTransition();

  function run(action: (courseId: string) => Promise<ShareOutcome>, done: string) {
    startTransition(async () => {
      const outcome = await action(courseId).catch((): ShareOutcome => ({ kind: 'failed' }));
      if (outcome.kind === 'failed') return void toast.error(tCommon('serverProblem'));
      toast.success(done);
      startTransition(() => setToken(outcome.token));
    });
  }

  return (
    <Dialog
      trigger={
        <Button variant="secondary" size="large">
          <Link2 aria-hidden />
          {t('open')}
        </Button>
      }
      title={t('title')}
      closeLabel={tCommon('close')}
    >
      <div className="space-y-4">
        <p className="text-muted-foreground leading-relaxed">{t('explanation')}</p>
        {token === null ? (
          <Button pending={isPending} onClick={() => run(shareCourse, t('made'))}>
            {t('make')}
          </Button>
        ) : (
          <ShareLink token={token} isPending={isPending} onWithdraw={() => run(withdrawShare, t('withdrawn'))} />
        )}
      </div>
    </Dialog>
  );
}
