import { Trash2 } from 'lucide-react';
import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { CoursePages } from '@/features/courses/course-pages.tsx';
import type { SessionUser } from '@/features/session/session-user.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { Button } from '@/ui/button.tsx';
import { EmptyState } from '@/ui/empty-state.tsx';
import { Link } from '@/ui/link.tsx';
import { DeletedRow } from './deleted-row.tsx';
import { DELETED_PER_PAGE, loadTrash, trashHref } from './load-trash.ts';

interface DeletedListProps {
  readonly user: SessionUser;
  /** From 1. */
  readonly page: number;
}

/** What somebody has deleted and can still have back. */
export async function DeletedList({ user, page }: DeletedListProps) {
  const [{ courses, total }, t] = await Promise.all([loadTrash(user, page), getTranslations('trash')]);
  const last = Math.max(1, Math.ceil(total / DELETED_PER_PAGE));
  // What was on this page has been restored or removed.
  if (page > last) redirect(trashHref(last));
  if (courses.length === 0) {
    return (
      <EmptyState
        icon={<Trash2 />}
        title={t('emptyTitle')}
        text={t('emptyText')}
        action={
          <Button asChild variant="secondary">
            <Link href="/courses">{t('back')}</Link>
          </Button>
        }
      />
    );
  }
  return (
    <ClientMessages of={['trash']}>
      <ul className="divide-y rounded-xl border bg-card px-5">
        {courses.map((course) => (
          <DeletedRow key={course.id} course={course} />
        ))}
      </ul>
      <CoursePages page={page} last={last} hrefOf={trashHref} />
    </ClientMessages>
  );
}
