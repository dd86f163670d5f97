'use client';

import { type ReactNode, Suspense, useState } from 'react';

interface InTimeBodyProps {
  readonly isLate: boolean;
  readonly fallback: ReactNode;
  /** Late, a promise, which React waits for wherever it is rendered. */
  readonly children: ReactNode;
}

/**
 * Keeps for good whether the part came late at first: when the page is rendered anew, with servers that are quicker or slower
 * than then, another structure would make React throw all of it away, with the focus, what was typed and uploads under way.
 */
export function InTimeBody({ isLate, fallback, children }: InTimeBodyProps) {
  const [cameLate] = useState(isLate);
  return cameLate ? <Suspense fallback={fallback}>{children}</Suspense> : children;
}
