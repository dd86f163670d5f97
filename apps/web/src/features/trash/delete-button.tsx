'use client';

import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { Button } from '@/ui/button.tsx';
import { useQuestion } from '@/ui/confirm-dialog.tsx';
import { neighbourOf } from './focus-neighbour.ts';
import { type NamedCourse, useDelete } from './use-delete.ts';

interface DeleteButtonProps {
  readonly course: NamedCourse;
  /** It is being generated, as far as this page knows. */
  readonly isRunning: boolean;
  /** In a list: an icon in the card that will disappear. On the course's own page: with a word, and on to the list. */
  readonly place: 'card' | 'page';
}

/**
 * Deletes a course. That can be undone, so nothing is asked, unless it would cancel work: that can't be brought back.
 */
export function DeleteButton({ course, isRunning, place }: DeleteButtonProps) {
  const t = useTranslations('trash');
  const router = useRouter();
  const button = useRef<HTMLButtonElement>(null);
  const question = useQuestion({
    title: t('inFlightTitle'),
    text: t('inFlightText'),
    confirmLabel: t('inFlightConfirm'),
    dismissLabel: t('keep'),
    onConfirm: () => remove(true),
  });
  const { remove, isPending } = useDelete(course, {
    onDelete: () => (place === 'page' ? () => router.push('/courses') : neighbourOf(button.current)),
    onInFlight: question.ask,
  });
  const isCard = place === 'card';
  return (
    <>
      <Button
        ref={button}
        variant="ghost"
        size={isCard ? 'icon' : 'small'}
        className={isCard ? 'absolute top-3 right-3 text-muted-foreground' : 'min-h-10'}
        aria-label={isCard ? t('deleteNamed', { title: course.title }) : undefined}
        pending={isPending}
        onClick={() => (isRunning ? question.ask() : remove(false))}
      >
        {isPending ? null : <Trash2 aria-hidden />}
        {isCard ? null : t('delete')}
      </Button>
      {question.window}
    </>
  );
}
