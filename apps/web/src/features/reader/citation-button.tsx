'use client';

import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Dialog } from '@/ui/dialog.tsx';

interface CitationButtonProps {
  readonly number: number;
  readonly documentName: string;
  /** The last of the headings above the passage. */
  readonly heading: string | undefined;
  /** A mark within the text, or a line in the list of sources. */
  readonly as: 'mark' | 'line';
  /** The passage, its place and its document. */
  readonly children: ReactNode;
}

/** Opens the quoted words, the passage they are from, and the document. */
export function CitationButton({ number, documentName: name, heading, as, children }: CitationButtonProps) {
  const t = useTranslations('citations');
  const tCommon = useTranslations('common');
  const trigger =
    as === 'mark' ? (
      <button
        type="button"
        aria-label={t('openSource', { number, name })}
        title={name}
        className="mx-0.5 inline-flex min-w-6 justify-center rounded bg-primary-soft px-1 align-super font-semibold text-primary text-xs leading-6 hover:bg-primary hover:text-primary-foreground"
      >
        {number}
      </button>
    ) : (
      <button type="button" className="py-1 text-left font-medium text-primary underline underline-offset-4">
        {[name, heading].filter(Boolean).join(' · ')}
      </button>
    );
  return (
    <Dialog trigger={trigger} title={t('source', { number })} closeLabel={tCommon('close')}>
      {children}
    </Dialog>
  );
}
