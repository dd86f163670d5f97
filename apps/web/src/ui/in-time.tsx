import type { ReactNode } from 'react';
import { InTimeBody } from './in-time-body.tsx';

/** How long a page is held back for a part of it, in ms: hardly noticed, and longer than its servers take when all is well. */
const HEAD_START_MS = 300;

interface InTimeProps {
  readonly body: Promise<Awaited<ReactNode>>;
  readonly fallback: ReactNode;
}

/**
 * A part of a page that waits for servers. In time it comes with the page, so that nothing is seen to be swapped and the first
 * paint is the whole; late it takes the place of `fallback`. (A mere `Suspense` swaps any part of more than a dozen KB.)
 */
export async function InTime({ body, fallback }: InTimeProps) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, HEAD_START_MS, null);
  });
  const inTime = await Promise.race([body, late]).finally(() => clearTimeout(timer));
  const isLate = inTime === null;
  return (
    <InTimeBody isLate={isLate} fallback={isLate ? fallback : null}>
      {inTime ?? body}
    </InTimeBody>
  );
}
