'use client';

import { RotateCcw, Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { startTransition, useRef, useTransition } from 'react';
import { Button } from '@/ui/button.tsx';
import { ConfirmDialog } from '@/ui/confirm-dialog.tsx';
import { LocalTime } from '@/ui/local-time.tsx';
import { toast } from '@/ui/toast.ts';
import { type EraseOutcome, eraseCourse } from './actions.ts';
import { neighbourOf } from './focus-neighbour.ts';
import type { DeletedCourse } from './load-trash.ts';
import { useRestore } from './use-delete.ts';

/** A deleted course: since when, for how long still, and what can be done with it. */
export function DeletedRow({ course }: { readonly course: DeletedCourse }) {
  const t = useTranslations('trash');
  const tCommon = useTranslations('common');
  const router = useRouter();
  const { title } = course;
  const row = useRef<HTMLLIElement>(null);
  const restore = useRestore(course);
  const [isRestoring, startRestore] = useTransition();
  const [isErasing, startErase] = useTransition();

  const bringBack = () =>
    startRestore(async () => {
      const focusNeighbour = neighbourOf(row.current);
      if ((await restore()) === 'restored') focusNeighbour();
    });
  const erase = () =>
    startErase(async () => {
      const focusNeighbour = neighbourOf(row.current);
      const outcome = await eraseCourse(course.id).catch((): EraseOutcome => 'failed');
      if (outcome === 'failed') return void toast.error(tCommon('serverProblem'));
      toast.success(t('erased', { title }));
      focusNeighbour();
      startTransition(() => router.refresh());
    });

  return (
    <li ref={row} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 py-4">
      <div className="min-w-0 flex-1 basis-64 space-y-1">
        <h2 className="break-words font-semibold">{title}</h2>
        <p className="flex flex-wrap gap-x-3 text-muted-foreground text-sm">
          <span>{t.rich('deletedOn', { date: () => <LocalTime iso={course.deletedAt} as="date" /> })}</span>
          <span>{t('daysLeft', { days: course.daysLeft })}</span>
        </p>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          variant="secondary"
          className="max-sm:px-2.5"
          aria-label={t('restoreNamed', { title })}
          pending={isRestoring}
          onClick={isErasing ? undefined : bringBack}
        >
          {isRestoring ? null : <RotateCcw aria-hidden />}
          {t('restore')}
        </Button>
        <ConfirmDialog
          trigger={
            <Button
              variant="ghost"
              className="max-sm:px-2.5"
              aria-label={t('eraseNamed', { title })}
              pending={isErasing}
            >
              {isErasing ? null : <Trash2 aria-hidden />}
              {t('erase')}
            </Button>
          }
          title={t('eraseTitle')}
          text={t('eraseText', { title })}
          confirmLabel={t('erase')}
          dismissLabel={t('keep')}
          onConfirm={erase}
        />
      </div>
    </li>
  );
}
