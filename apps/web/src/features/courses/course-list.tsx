import { BookPlus, SearchX } from 'lucide-react';
import { redirect } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { getTranslations } from 'next-intl/server';
import type { SessionUser } from '@/features/session/session-user.ts';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { Button } from '@/ui/button.tsx';
import { EmptyState } from '@/ui/empty-state.tsx';
import { Link } from '@/ui/link.tsx';
import { CourseFilters } from './course-filters.tsx';
import { CourseGrid } from './course-grid.tsx';
import { CoursePages } from './course-pages.tsx';
import { COURSES_PER_PAGE, type CourseQuery, courseListHref } from './course-query.ts';
import { loadCourses } from './load-courses.ts';

interface CourseListProps {
  readonly user: SessionUser;
  readonly query: CourseQuery;
}

export async function CourseList({ user, query }: CourseListProps) {
  const [{ courses, total }, t] = await Promise.all([loadCourses(user, query), getTranslations('courses')]);
  const isAll = query.search === '' && query.filter === 'all';
  if (total === 0 && isAll) return <NoCourses />;
  const last = Math.max(1, Math.ceil(total / COURSES_PER_PAGE));
  // The last course of the last page has been deleted, say.
  if (query.page > last) redirect(courseListHref({ ...query, page: last }));
  return (
    <>
      <CourseFilters query={query} />
      <p role="status" className="mb-4 text-muted-foreground text-sm">
        {t('found', { count: total })}
      </p>
      {courses.length === 0 ? <NoResults /> : null}
      <ClientMessages of={['courses', 'status', 'trash']}>
        <CourseGrid courses={courses} />
      </ClientMessages>
      <CoursePages page={query.page} last={last} hrefOf={(page) => courseListHref({ ...query, page })} />
    </>
  );
}

function NoCourses() {
  const t = useTranslations('courses');
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

function NoResults() {
  const t = useTranslations('courses');
  return (
    <EmptyState
      icon={<SearchX />}
      title={t('nothingTitle')}
      text={t('nothingText')}
      action={
        <Button asChild variant="secondary">
          <Link href="/courses">{t('showAll')}</Link>
        </Button>
      }
    />
  );
}
