'use client';

import { CircleCheck, Circle as Unread } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { Button } from '@/ui/button.tsx';
import { toast } from '@/ui/toast.ts';
import { setLessonRead } from './actions.ts';

/** Says whether the lesson has been read, and changes it. */
export function ReadButton({ lessonId, isRead }: { readonly lessonId: string; readonly isRead: boolean }) {
  const t = useTranslations('reading');
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  const toggle = () =>
    startTransition(async () => {
      const isKept = await setLessonRead(lessonId, !isRead).catch(() => false);
      if (!isKept) return void toast.error(t('notKept'));
      startTransition(() => router.refresh());
    });
  return (
    <Button variant={isRead ? 'ghost' : 'secondary'} pending={isPending} onClick={toggle}>
      {isPending ? null : isRead ? <CircleCheck className="text-success" aria-hidden /> : <Unread aria-hidden />}
      {t(isRead ? 'markUnread' : 'markRead')}
    </Button>
  );
}
