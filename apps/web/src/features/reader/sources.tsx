import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Markdown } from '@/features/markdown/markdown.tsx';
import { CitationButton } from './citation-button.tsx';
import type { CitationView } from './content-view.ts';

interface SourcesProps {
  readonly citations: readonly CitationView[];
  /** What a citation opens. */
  readonly details: (citation: CitationView) => ReactNode;
}

/** The lesson's citations in order, each with its words. */
export function Sources({ citations, details }: SourcesProps) {
  const t = useTranslations('reader');
  return (
    <section aria-labelledby="sources-title" className="space-y-3">
      <h2 id="sources-title" className="font-semibold text-xl">
        {t('sources')}
      </h2>
      <ol className="space-y-3">
        {citations.map((citation) => (
          <li key={citation.number} className="flex gap-3">
            <span className="w-6 shrink-0 py-1 text-right text-muted-foreground tabular-nums">{citation.number}.</span>
            <div className="min-w-0">
              <CitationButton
                number={citation.number}
                documentName={citation.documentName}
                heading={citation.headingPath.at(-1)}
                as="line"
              >
                {details(citation)}
              </CitationButton>
              <div className="line-clamp-2 text-muted-foreground">
                <Markdown text={citation.quote} isSmall />
              </div>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
