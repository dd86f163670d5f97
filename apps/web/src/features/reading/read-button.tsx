'use client';

import { CircleCheck, Circle as Unread } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useActionState } from 'react';
import { Button } from '@/ui/button.tsx';
import { toggleLessonRead } from './actions.ts';

/** Says whether the lesson has been read, and changes it. Works without scripts. */
export function ReadButton({ lessonId, isRead }: { readonly lessonId: string; readonly isRead: boolean }) {
  const t = useTranslations('reading');
  const [outcome, action, isPending] = useActionState(toggleLessonRead.bind(null, lessonId, !isRead), null);
  return (
    <form action={action} className="space-y-2">
      <Button type="submit" variant={isRead ? 'ghost' : 'secondary'} pending={isPending}>
        {isPending ? null : isRead ? <CircleCheck className="text-success" aria-hidden /> : <Unread aria-hidden />}
        {t(isRead ? 'markUnread' : 'markRead')}
      </Button>
      <p role="status" className="text-muted-foreground text-sm">
        {outcome === 'not_kept' ? t('notKept') : ''}
      </p>
    </form>
  );
}
