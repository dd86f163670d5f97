'use client';

import { useRef, useState } from 'react';

/**
 * A part of the page whose code is fetched when it is first wanted. `prepare` fetches it early, when the pointer or
 * the focus comes near; `want` shows it as soon as it is there. Cut off from the server nothing happens: the next
 * try fetches again.
 */
export function useOnDemand<Part>(load: () => Promise<Part>) {
  const [part, setPart] = useState<{ readonly value: Part } | null>(null);
  const loading = useRef<Promise<Part> | null>(null);

  function fetchOnce(): Promise<Part> {
    loading.current ??= load().catch((err) => {
      loading.current = null;
      throw err;
    });
    return loading.current;
  }

  return {
    part: part?.value ?? null,
    prepare: () => void fetchOnce().catch(() => {}),
    want: () =>
      void fetchOnce().then(
        (value) => setPart({ value }),
        () => {},
      ),
  };
}
