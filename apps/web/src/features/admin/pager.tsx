import { useTranslations } from 'next-intl';
import { Button } from '@/ui/button.tsx';
import { Link } from '@/ui/link.tsx';

export function Pager({ first, next }: { readonly first: string | null; readonly next: string | null }) {
  const t = useTranslations('admin');
  if (first === null && next === null) return null;
  return (
    <nav aria-label={t('paging')} className="mt-4 flex justify-between gap-3">
      {first === null ? (
        <span />
      ) : (
        <Button asChild variant="secondary" size="small">
          <Link href={first}>{t('toFirst')}</Link>
        </Button>
      )}
      {next === null ? null : (
        <Button asChild variant="secondary" size="small">
          <Link href={next}>{t('toNext')}</Link>
        </Button>
      )}
    </nav>
  );
}
