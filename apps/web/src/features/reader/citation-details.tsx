import { Download, FileText } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Markdown } from '@/features/markdown/markdown.tsx';
import { Button } from '@/ui/button.tsx';
import type { Book, CitationView } from './content-view.ts';

interface CitationDetailsProps {
  readonly citation: CitationView;
  readonly book: Book;
  /** A reader with a link sees the quoted words only: the document is its owner's. */
  readonly isOwn: boolean;
}

/** What a citation opens: the place in the document, the passage with the quoted words marked, and the document. */
export function CitationDetails({ citation, book, isOwn }: CitationDetailsProps) {
  const t = useTranslations('citations');
  const { quote, passage } = citation;
  return (
    <div className="space-y-4">
      <CitationPlace citation={citation} />
      <blockquote className="border-primary border-l-4 pl-4">
        <Markdown text={isOwn && passage !== null ? passage : quote} quote={quote} isSmall />
      </blockquote>
      {isOwn && citation.documentId !== null ? (
        <DocumentLinks href={`${book.base}/documents/${citation.documentId}`} citation={citation} />
      ) : null}
      {isOwn && citation.documentId === null ? (
        <p className="text-muted-foreground text-sm">{t('documentGone')}</p>
      ) : null}
    </div>
  );
}

function DocumentLinks({ href, citation }: { readonly href: string; readonly citation: CitationView }) {
  const t = useTranslations('citations');
  const isPdf = /\.pdf$/i.test(citation.documentName);
  return (
    <div className="flex flex-wrap gap-3">
      {isPdf ? (
        <Button asChild variant="secondary" size="small">
          <a href={`${href}?view=pdf#page=${citation.page ?? 1}`} target="_blank" rel="noopener">
            <FileText aria-hidden />
            {t('openAtPage', { page: citation.page ?? 1 })}
          </a>
        </Button>
      ) : null}
      <Button asChild variant={isPdf ? 'ghost' : 'secondary'} size="small">
        <a href={href} download>
          <Download aria-hidden />
          {t('openDocument')}
        </a>
      </Button>
    </div>
  );
}

/** Document, headings and page. */
function CitationPlace({ citation }: { readonly citation: CitationView }) {
  const t = useTranslations('citations');
  const place = [...citation.headingPath, ...(citation.page === null ? [] : [t('page', { page: citation.page })])];
  return (
    <p className="text-muted-foreground text-sm">
      <span className="font-medium text-foreground">{citation.documentName}</span>
      {place.length > 0 ? ` · ${place.join(' › ')}` : null}
    </p>
  );
}
