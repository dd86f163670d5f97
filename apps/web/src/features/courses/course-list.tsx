import { BookPlus } from 'lucide-react';
import Link from 'next/link';
import { getTranslations } from 'next-intl/server';
import type { SessionUser } from '@/features/session/session-user.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { Button } from '@/ui/button.tsx';
import { EmptyState } from '@/ui/empty-state.tsx';
import { CourseGrid } from './course-grid.tsx';
import { loadCourses } from './load-courses.ts';

export async function CourseList({ user }: { readonly user: SessionUser }) {
  const [courses, t] = await Promise.all([loadCourses(user), getTranslations('courses')]);
  if (courses.length === 0) {
    return (
      <EmptyState
        icon={<BookPlus />}
        title={t('emptyTitle')}
        text={t('emptyText')}
        action={
          <Button asChild size="large">
            <Link href="/courses/new">{t('emptyAction')}</Link>
          </Button>
        }
      />
    );
  }
  return (
    <ClientMessages of={['courses', 'status']}>
      <CourseGrid courses={courses} />
    </ClientMessages>
  );
}
