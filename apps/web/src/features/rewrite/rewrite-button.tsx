'use client';

import { WandSparkles } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { Button } from '@/ui/button.tsx';
import { Dialog } from '@/ui/dialog.tsx';

/** Loaded when it is opened: most readers never do. */
const RewriteForm = dynamic(() => import('./rewrite-form.tsx'), { ssr: false });

interface RewriteButtonProps {
  readonly slug: string;
  readonly lessonId: string;
  /** There is no text yet: the lesson has failed. */
  readonly isFailed: boolean;
}

/** Has a lesson written anew, by a wish. */
export function RewriteButton({ slug, lessonId, isFailed }: RewriteButtonProps) {
  const t = useTranslations('rewrite');
  const tCommon = useTranslations('common');
  const label = t(isFailed ? 'openFailed' : 'open');
  return (
    <Dialog
      trigger={
        <Button variant={isFailed ? 'primary' : 'secondary'} size="small">
          <WandSparkles aria-hidden />
          {label}
        </Button>
      }
      title={label}
      closeLabel={tCommon('close')}
    >
      <div className="min-h-72">
        <RewriteForm slug={slug} lessonId={lessonId} isFailed={isFailed} />
      </div>
    </Dialog>
  );
}
