import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Button } from '@/ui/button.tsx';
import { COURSES_PER_PAGE, type CourseQuery, courseListHref } from './course-query.ts';

/** The way to the other pages of the list, where there are any. */
export function CoursePages({ query, total }: { readonly query: CourseQuery; readonly total: number }) {
  const t = useTranslations('courses');
  const last = Math.ceil(total / COURSES_PER_PAGE);
  if (last <= 1) return null;
  const link = (page: number, label: string) => (
    <Button asChild variant="secondary">
      <Link href={courseListHref({ ...query, page })}>{label}</Link>
    </Button>
  );
  return (
    <nav aria-label={t('pages')} className="mt-8 flex flex-wrap items-center justify-center gap-4">
      {query.page > 1 ? link(Math.min(query.page - 1, last), t('previousPage')) : null}
      <span className="text-muted-foreground text-sm">{t('page', { page: query.page, last })}</span>
      {query.page < last ? link(query.page + 1, t('nextPage')) : null}
    </nav>
  );
}
