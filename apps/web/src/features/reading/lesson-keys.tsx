'use client';

import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { opensNeighbour } from './opens-neighbour.ts';

const LINKS = { ArrowLeft: 'a[rel=prev]', ArrowRight: 'a[rel=next]' } as const;

/** The arrow keys lead to the neighbouring lessons, and the page says so where there are keys. */
export function LessonKeys() {
  const t = useTranslations('reading');
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if ((event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') || !opensNeighbour(event)) return;
      document.querySelector<HTMLAnchorElement>(LINKS[event.key])?.click();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, []);
  return (
    <p className="hidden text-muted-foreground text-sm print:hidden [@media(hover:hover)]:block">
      {t.rich('keys', { key: (chunks) => <kbd className="rounded border bg-muted px-1.5 font-sans">{chunks}</kbd> })}
    </p>
  );
}
