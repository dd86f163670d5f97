'use client';

import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { startTransition, useTransition } from 'react';
import { toast } from '@/ui/toast.ts';
import { type DeleteOutcome, deleteCourse, type RestoreOutcome, restoreCourse } from './actions.ts';

export interface NamedCourse {
  readonly id: string;
  readonly title: string;
}

/** How long a deletion offers to be undone, in ms; later the course is among the recently deleted ones. */
const UNDO_MS = 10_000;

/** Takes a course out of the trash, says what became of it, and has the page rendered anew. */
export function useRestore({ id, title }: NamedCourse): () => Promise<RestoreOutcome> {
  const t = useTranslations('trash');
  const tCommon = useTranslations('common');
  const router = useRouter();
  return async () => {
    const outcome = await restoreCourse(id).catch((): RestoreOutcome => 'failed');
    if (outcome === 'restored') toast.success(t('restored', { title }));
    else toast.error(outcome === 'not_found' ? t('gone') : tCommon('serverProblem'));
    startTransition(() => router.refresh());
    return outcome;
  };
}

interface DeleteHandlers {
  /** The course is about to go. Returns what to do when it has, and its page or card with it. */
  onDelete(): () => void;
  /** It is being generated: the user has to say whether that may be cancelled. */
  onInFlight(): void;
}

/** Puts a course into the trash and offers to undo that. */
export function useDelete(course: NamedCourse, { onDelete, onInFlight }: DeleteHandlers) {
  const t = useTranslations('trash');
  const tCommon = useTranslations('common');
  const router = useRouter();
  const restore = useRestore(course);
  const [isPending, start] = useTransition();

  const remove = (cancel: boolean) =>
    start(async () => {
      const onDeleted = onDelete();
      const outcome = await deleteCourse(course.id, cancel).catch((): DeleteOutcome => 'failed');
      if (outcome === 'failed') return void toast.error(tCommon('serverProblem'));
      if (outcome === 'in_flight') return onInFlight();
      const undo = { label: t('undo'), onClick: () => void restore() };
      if (outcome === 'trashed')
        toast.success(t('deleted', { title: course.title }), { duration: UNDO_MS, action: undo });
      else toast.info(t('gone'));
      startTransition(() => {
        onDeleted();
        router.refresh();
      });
    });
  return { remove, isPending };
}
