'use client';

import { useTranslations } from 'next-intl';
import { useDeferredValue, useState } from 'react';
import { Input } from '@/ui/input.tsx';
import { groupTerms, searchTerms, type Term } from './group-terms.ts';

interface GlossaryProps {
  readonly entries: readonly Term[];
  /** What the terms are written in. */
  readonly language: string;
}

/** Fewer need no letters to find one's way. */
const LETTERS_FROM = 12;

/** Terms by letters, with a search. Without scripts it is the whole list. */
export function Glossary({ entries, language }: GlossaryProps) {
  const t = useTranslations('glossary');
  const [query, setQuery] = useState('');
  const found = searchTerms(entries, useDeferredValue(query), language);
  const groups = groupTerms(found, language);
  return (
    <div className="space-y-6">
      <search>
        <Input
          type="search"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          aria-label={t('search')}
          placeholder={t('search')}
        />
      </search>
      <p role="status" className="text-muted-foreground text-sm">
        {t('found', { count: found.length })}
      </p>
      {entries.length >= LETTERS_FROM && groups.length > 1 ? (
        <nav aria-label={t('letters')}>
          <ul className="flex flex-wrap gap-1">
            {groups.map(({ letter }) => (
              <li key={letter}>
                <a
                  href={`#letter-${letter}`}
                  className="grid size-9 place-items-center rounded-lg border hover:bg-muted"
                >
                  {letter}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      ) : null}
      {groups.map(({ letter, terms }) => (
        <section key={letter} aria-labelledby={`letter-${letter}`} className="space-y-2">
          <h2 id={`letter-${letter}`} className="font-semibold text-lg">
            {letter}
          </h2>
          <dl lang={language} className="divide-y rounded-xl border bg-card px-5">
            {terms.map(({ term, definition }) => (
              <div key={term} className="space-y-1 py-4">
                <dt className="font-semibold">{term}</dt>
                <dd className="text-muted-foreground leading-relaxed">{definition}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
