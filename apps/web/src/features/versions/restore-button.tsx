'use client';

import { RotateCcw } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { Button } from '@/ui/button.tsx';
import { toast } from '@/ui/toast.ts';
import { type RestoreOutcome, restoreRevision } from './actions.ts';

interface RestoreButtonProps {
  readonly lessonId: string;
  readonly revisionId: string;
  /** The text that the reader compares with. */
  readonly version: number;
  /** The lesson's page. */
  readonly href: string;
}

/** Brings the text that is looked at back. It asks nothing: what it replaces stays among the versions. */
export function RestoreButton({ lessonId, revisionId, version, href }: RestoreButtonProps) {
  const t = useTranslations('versions');
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const restore = () =>
    startTransition(async () => {
      const args = { lessonId, revisionId, expectedVersion: version };
      const outcome = await restoreRevision(args).catch((): RestoreOutcome => 'failed');
      if (outcome !== 'saved') {
        toast.error(t(outcome));
        return startTransition(() => router.refresh());
      }
      toast.success(t('saved'));
      startTransition(() => router.push(href));
    });
  return (
    <Button pending={isPending} onClick={restore}>
      {isPending ? null : <RotateCcw aria-hidden />}
      {t('restore')}
    </Button>
  );
}
