import { Plus, Trash2 } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { CourseList } from '@/features/courses/course-list.tsx';
import { courseListHref, readCourseQuery } from '@/features/courses/course-query.ts';
import { requireUser } from '@/features/session/session-user.ts';
import { PageFrame } from '@/features/shell/page-frame.tsx';
import { trashHref } from '@/features/trash/load-trash.ts';
import { Button } from '@/ui/button.tsx';
import { InTime } from '@/ui/in-time.tsx';
import { Link } from '@/ui/link.tsx';
import { Loading, Skeleton } from '@/ui/skeleton.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('courses'))('title') };
}

interface Props {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function CoursesPage({ searchParams }: Props) {
  const query = readCourseQuery(await searchParams);
  const user = await requireUser(courseListHref(query));
  const [t, tCommon] = await Promise.all([getTranslations('courses'), getTranslations('common')]);
  return (
    <PageFrame>
      <div className="mb-6 flex flex-wrap items-center justify-between gap-4">
        <h1 className="font-semibold text-3xl">{t('title')}</h1>
        <div className="flex flex-wrap gap-2">
          <Button asChild variant="ghost" className="max-sm:order-last max-sm:-ml-4">
            <Link href={trashHref(1)} prefetch={false}>
              <Trash2 aria-hidden />
              {t('deleted')}
            </Link>
          </Button>
          <Button asChild>
            <Link href="/courses/new">
              <Plus aria-hidden />
              {tCommon('newCourse')}
            </Link>
          </Button>
        </div>
      </div>
      <InTime
        key={courseListHref(query)}
        body={CourseList({ user, query })}
        fallback={<ListSkeleton label={tCommon('loading')} />}
      />
    </PageFrame>
  );
}

function ListSkeleton({ label }: { readonly label: string }) {
  return (
    <Loading label={label} className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
      {['a', 'b', 'c'].map((key) => (
        <Skeleton key={key} className="h-44" />
      ))}
    </Loading>
  );
}
