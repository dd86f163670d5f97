import { useTranslations } from 'next-intl';
import { Breadcrumbs } from '@/features/reader/breadcrumbs.tsx';
import type { Book, ContentView } from '@/features/reader/content-view.ts';
import { PageFrame } from '@/features/shell/page-frame.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { Glossary } from './glossary.tsx';

interface GlossaryViewProps {
  readonly book: Book;
  readonly glossary: ContentView['glossary'];
}

/** The glossary of a course as a page. */
export function GlossaryView({ book, glossary }: GlossaryViewProps) {
  const t = useTranslations('reader');
  return (
    <PageFrame width="medium">
      <Breadcrumbs book={book} />
      <h1 className="mb-8 font-semibold text-3xl">{t('glossary')}</h1>
      {glossary.length === 0 ? (
        <p className="text-muted-foreground">{t('glossaryEmpty')}</p>
      ) : (
        <ClientMessages of={['glossary']}>
          <Glossary entries={glossary} language={book.language} />
        </ClientMessages>
      )}
    </PageFrame>
  );
}
