import { TRASH_DAYS } from '@megacampus/domain/course';
import { ArrowLeft } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { readCourseQuery } from '@/features/courses/course-query.ts';
import { requireUser } from '@/features/session/session-user.ts';
import { PageFrame } from '@/features/shell/page-frame.tsx';
import { DeletedList } from '@/features/trash/deleted-list.tsx';
import { trashHref } from '@/features/trash/load-trash.ts';
import { Button } from '@/ui/button.tsx';
import { InTime } from '@/ui/in-time.tsx';
import { Link } from '@/ui/link.tsx';
import { Loading, Skeleton } from '@/ui/skeleton.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('trash'))('title') };
}

interface Props {
  readonly searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function DeletedCoursesPage({ searchParams }: Props) {
  const { page } = readCourseQuery(await searchParams);
  const user = await requireUser(trashHref(page));
  const [t, tCommon] = await Promise.all([getTranslations('trash'), getTranslations('common')]);
  return (
    <PageFrame width="medium">
      <Button asChild variant="ghost" size="small" className="-ml-3 mb-2">
        <Link href="/courses">
          <ArrowLeft aria-hidden />
          {t('back')}
        </Link>
      </Button>
      <h1 className="font-semibold text-3xl">{t('title')}</h1>
      <p className="mt-2 mb-6 text-muted-foreground leading-relaxed">{t('lead', { days: TRASH_DAYS })}</p>
      <InTime key={page} body={DeletedList({ user, page })} fallback={<ListSkeleton label={tCommon('loading')} />} />
    </PageFrame>
  );
}

function ListSkeleton({ label }: { readonly label: string }) {
  return (
    <Loading label={label}>
      <Skeleton className="h-44" />
    </Loading>
  );
}
