'use client';

import { Download } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/ui/button.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import type { CitationView } from './content-view.ts';
import { Passage } from './passage.tsx';

interface CitationButtonProps {
  readonly citation: CitationView;
  readonly courseSlug: string;
  /** A mark within the text, or a line in the list of sources. */
  readonly as?: 'mark' | 'line';
}

/** Opens the quoted words, the passage they are from, and the document. */
export function CitationButton({ citation, courseSlug, as = 'mark' }: CitationButtonProps) {
  const t = useTranslations('reader');
  const tCommon = useTranslations('common');
  const { number, documentName: name } = citation;
  const label = t('openSource', { number, name });
  const trigger =
    as === 'mark' ? (
      <button
        type="button"
        aria-label={label}
        title={name}
        className="mx-0.5 inline-flex min-w-6 justify-center rounded bg-primary-soft px-1 align-super font-semibold text-primary text-xs leading-6 hover:bg-primary hover:text-primary-foreground"
      >
        {number}
      </button>
    ) : (
      <button type="button" className="py-1 text-left font-medium text-primary underline underline-offset-4">
        {[name, citation.headingPath.at(-1)].filter(Boolean).join(' · ')}
      </button>
    );
  return (
    <Dialog trigger={trigger} title={t('source', { number })} closeLabel={tCommon('close')}>
      <div className="space-y-4">
        <SourcePlace citation={citation} />
        <Passage quote={citation.quote} passage={citation.passage ?? ''} />
        {citation.documentId ? (
          <Button asChild variant="secondary" size="small">
            <a href={`/courses/${courseSlug}/documents/${citation.documentId}`} download>
              <Download aria-hidden />
              {t('openDocument')}
            </a>
          </Button>
        ) : (
          <p className="text-muted-foreground text-sm">{t('documentGone')}</p>
        )}
      </div>
    </Dialog>
  );
}

function SourcePlace({ citation }: { readonly citation: CitationView }) {
  const t = useTranslations('reader');
  const place = [...citation.headingPath, ...(citation.page === null ? [] : [t('page', { page: citation.page })])];
  return (
    <p className="text-muted-foreground text-sm">
      <span className="font-medium text-foreground">{citation.documentName}</span>
      {place.length > 0 ? ` · ${place.join(' › ')}` : null}
    </p>
  );
}
