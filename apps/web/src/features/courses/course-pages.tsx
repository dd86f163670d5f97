import { useTranslations } from 'next-intl';
import { Button } from '@/ui/button.tsx';
import { Link } from '@/ui/link.tsx';

interface CoursePagesProps {
  /** From 1. */
  readonly page: number;
  readonly last: number;
  readonly hrefOf: (page: number) => string;
}

/** The way to the other pages of a list of courses, where there are any. */
export function CoursePages({ page, last, hrefOf }: CoursePagesProps) {
  const t = useTranslations('courses');
  if (last <= 1) return null;
  const link = (to: number, label: string) => (
    <Button asChild variant="secondary">
      <Link href={hrefOf(to)}>{label}</Link>
    </Button>
  );
  return (
    <nav aria-label={t('pages')} className="mt-8 flex flex-wrap items-center justify-center gap-4">
      {page > 1 ? link(page - 1, t('previousPage')) : null}
      <span className="text-muted-foreground text-sm">{t('page', { page, last })}</span>
      {page < last ? link(page + 1, t('nextPage')) : null}
    </nav>
  );
}
