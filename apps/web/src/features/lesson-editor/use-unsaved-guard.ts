'use client';

import { useEffect } from 'react';

/** Asks before a page with unsaved work is left: by closing the tab, or by a link on it. */
export function useUnsavedGuard(isDirty: boolean, question: string): void {
  useEffect(() => {
    if (!isDirty) return;
    const stop = new AbortController();
    window.addEventListener('beforeunload', (event) => event.preventDefault(), { signal: stop.signal });
    const ask = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
      if (link === null || link.getAttribute('target') === '_blank' || event.ctrlKey || event.metaKey) return;
      if (window.confirm(question)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    // Before the router hears of it.
    document.addEventListener('click', ask, { capture: true, signal: stop.signal });
    return () => stop.abort();
  }, [isDirty, question]);
}
