import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Link } from '@/ui/link.tsx';
import type { Book } from './content-view.ts';

interface BreadcrumbsProps {
  readonly book: Book;
  readonly section?: string | undefined;
}

export function Breadcrumbs({ book, section }: BreadcrumbsProps) {
  const t = useTranslations('reader');
  return (
    <nav aria-label={t('breadcrumbs')} className="mb-8 print:hidden">
      <ol className="flex flex-wrap items-center gap-x-1.5 text-muted-foreground text-sm">
        <li>
          <Link href={book.base} className="inline-block py-1 underline underline-offset-4 hover:text-foreground">
            {book.title}
          </Link>
        </li>
        {section === undefined ? null : (
          <li className="flex items-center gap-1.5">
            <ChevronRight className="size-4" aria-hidden />
            {section}
          </li>
        )}
      </ol>
    </nav>
  );
}
